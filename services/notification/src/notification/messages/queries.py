"""What a person reads, and what a message is made of."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Row, func, select

from kit.db import Tx
from kit.paging import Page, UnknownCursor, each_readable
from notification.messages.domain import Locale, Message
from notification.messages.gateways import compose
from notification.tables import all_messages, messages


class InboxItem(BaseModel):
    """One message in the app's inbox."""

    id: UUID
    template: str
    hold_id: UUID | None
    title: str
    body: str
    link: str | None
    """Where the app should go when the message is opened."""
    sent_at: datetime
    read_at: datetime | None


class InboxPage(Page[InboxItem]):
    """A page of the inbox, newest first."""

    unread: int
    """How many messages were not read yet, on all pages."""


class ContactView(BaseModel):
    """How a person can be reached, as they told us."""

    phone: str | None
    email: str | None
    locale: Locale
    has_push_token: bool


async def inbox(
    tx: Tx, customer_id: UUID, *, locale: Locale, limit: int, after: UUID | None
) -> InboxPage:
    """Show a person's messages in their language, newest first."""
    mine = messages.c.customer_id == customer_id
    some = all_messages().where(mine).order_by(messages.c.id.desc()).limit(limit + 1)
    if after:
        if await tx.scalar(select(messages.c.id).where(mine, messages.c.id == after)) is None:
            raise UnknownCursor(after)
        some = some.where(messages.c.id < after)
    found = (await tx.execute(some)).all()
    unread = select(func.count()).where(mine, messages.c.read_at.is_(None))
    return InboxPage(
        items=each_readable(found[:limit], lambda row: _item(row, locale)),
        next=found[limit - 1].id if len(found) > limit else None,
        unread=await tx.scalar(unread) or 0,
    )


def _item(row: Row[Any], locale: Locale) -> InboxItem:
    one = Message(**row._asdict())
    title, body = compose(one.template, locale, one.told(""))
    return InboxItem(
        id=one.id,
        template=one.template,
        hold_id=one.hold_id,
        title=title,
        body=body,
        link=one.link(),
        sent_at=one.created_at,
        read_at=one.read_at,
    )
