"""The inbox of a person, in their language."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Row, func, select

from kit.db import Tx
from kit.paging import Page, page_of
from notification.messages.domain import Message
from notification.tables import all_messages, messages
from notification.texts.domain import Locale
from notification.texts.gateways import compose


class InboxItem(BaseModel):
    """One message in the app's inbox."""

    id: UUID
    template: str
    hold_id: UUID | None
    title: str
    body: str
    link: str | None
    """The page that the app should open with the message."""
    sent_at: datetime
    read_at: datetime | None


class InboxPage(Page[InboxItem]):
    """A page of the inbox, newest first."""

    unread: int
    """The number of messages not read yet, on all pages."""


class ContactView(BaseModel):
    """The ways to a person: the phone by identity's word, the rest by their own."""

    phone: str | None
    email: str | None
    locale: Locale
    has_push_token: bool


async def inbox(
    tx: Tx, customer_id: UUID, *, locale: Locale, limit: int, after: UUID | None
) -> InboxPage:
    """Show a person's messages in their language, newest first."""
    own = messages.c.customer_id == customer_id
    page = await page_of(
        tx,
        all_messages().where(own),
        messages.c.id,
        lambda row: _item(row, locale),
        limit=limit,
        after=after,
        newest_first=True,
    )
    unread = await tx.scalar(select(func.count()).where(own, messages.c.read_at.is_(None)))
    return InboxPage(items=page.items, next=page.next, unread=unread or 0)


def _item(row: Row[Any], locale: Locale) -> InboxItem:
    fields = {name: value for name, value in row._asdict().items() if name != "page_cursor"}
    message = Message(**fields)
    title, body = compose(message.template, locale, message.context(""))
    return InboxItem(
        id=message.id,
        template=message.template,
        hold_id=message.hold_id,
        title=title,
        body=body,
        link=message.link(),
        sent_at=message.created_at,
        read_at=message.read_at,
    )
