"""HTTP: how a customer can be reached, and what they were told."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from kit import clock
from kit.auth import Customer, NotSignedIn
from kit.db import Transaction
from kit.http import problems
from kit.paging import After, Limit
from kit.sealing import Sealer
from notification import commands, queries
from notification.commands import Desk
from notification.domain import Contact, Locale, NoSuchMessage
from notification.queries import ContactView, InboxPage
from notification.tables import contact_of

router = APIRouter(prefix="/v1/me", tags=["notifications"])

EMail = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]


def _desk(request: Request) -> Desk:
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


def _sealer(request: Request) -> Sealer:
    sealer = request.app.state.sealer
    assert isinstance(sealer, Sealer)
    return sealer


TheDesk = Annotated[Desk, Depends(_desk)]
Seals = Annotated[Sealer, Depends(_sealer)]


class Contacts(BaseModel):
    """How to reach me; what is left out stays, null takes it back.

    The phone is the one that identity vouches for in the token.
    """

    email: EMail | None = None
    locale: Locale | None = None
    push_token: str | None = Field(default=None, max_length=4096)


@router.put("/contacts", summary="Say how I can be reached", responses=problems(NotSignedIn))
async def save_contacts(
    body: Contacts, who: Customer, tx: Transaction, desk: TheDesk, sealer: Seals
) -> ContactView:
    """Remember phone, e-mail and language; messages that waited for them go out."""
    known = await contact_of(tx, who.subject_id, sealer) or Contact(email=who.email)
    sent = body.model_dump(exclude_unset=True)
    contact = Contact(
        phone=who.phone or known.phone,
        email=sent.get("email", known.email),
        push_token=sent.get("push_token", known.push_token),
        locale=body.locale or known.locale,
    )
    await desk.save_contact(tx, who.subject_id, contact, now=clock.now())
    return _view(contact)


@router.get("/contacts", summary="How I can be reached", responses=problems(NotSignedIn))
async def read_contacts(who: Customer, tx: Transaction, sealer: Seals) -> ContactView:
    """Show what this service would use."""
    return _view(await contact_of(tx, who.subject_id, sealer) or Contact())


@router.get("/inbox", summary="What I was told (F5a.15, F5b.13)", responses=problems(NotSignedIn))
async def read_inbox(
    who: Customer,
    tx: Transaction,
    sealer: Seals,
    limit: Limit = 20,
    after: After = None,
    locale: Locale | None = None,
) -> InboxPage:
    """Show the messages, newest first, in the customer's language."""
    contact = await contact_of(tx, who.subject_id, sealer)
    language = locale or (contact.locale if contact else "vi")
    return await queries.inbox(tx, who.subject_id, locale=language, limit=limit, after=after)


@router.post(
    "/inbox/{message_id}/read",
    status_code=204,
    summary="I have read this",
    responses=problems(NotSignedIn, NoSuchMessage),
)
async def mark_read(message_id: UUID, who: Customer, tx: Transaction) -> None:
    """Take a message off the unread count; again changes nothing."""
    await commands.mark_read(tx, who.subject_id, message_id, now=clock.now())


def _view(contact: Contact) -> ContactView:
    return ContactView(
        phone=contact.phone,
        email=contact.email,
        locale=contact.locale,
        has_push_token=contact.push_token is not None,
    )
