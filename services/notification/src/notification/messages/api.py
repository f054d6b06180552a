"""HTTP: how a customer can be reached, and what they were told."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kit import clock
from kit.auth import Caller, Customer, NotSignedIn
from kit.db import Transaction
from kit.dependencies import RequestSealer, from_app
from kit.http import problems
from kit.paging import After, Limit, UnknownCursor, UnknownFilter
from kit.tokens import BadSlip, Verifier
from notification.messages import commands, queries
from notification.messages.commands import Desk
from notification.messages.domain import Contact, Demanded, Locale, NoSuchMessage
from notification.messages.queries import ContactView, InboxPage
from notification.tables import contact_of
from values.emails import Email, parse_email
from values.errors import BadValue

router = APIRouter(prefix="/v1/me", tags=["notifications"])


TheDesk = Annotated[Desk, from_app(Desk)]
OrderContacts = Annotated[Verifier, from_app(Verifier, "order_contacts")]


def met(known: Contact | None, who: Caller) -> Contact:
    """Return how a person can be reached, with what identity vouches for in the token."""
    contact = known or Contact(email=_email(who), locale="en" if who.locale == "en" else "vi")
    return replace(contact, phone=who.phone or contact.phone)


def _email(who: Caller) -> str | None:
    try:
        return parse_email(who.email) if who.email else None
    except BadValue:
        return None


async def _meet(who: Customer, tx: Transaction, desk: TheDesk, sealer: RequestSealer) -> Contact:
    known = await contact_of(tx, who.subject_id, sealer)
    if known and met(known, who) == known:
        return known
    return await desk.change_contact(
        tx, who.subject_id, lambda last: met(last, who), now=clock.now()
    )


Met = Annotated[Contact, Depends(_meet)]
"""How the caller can be reached; whoever shows a token has been met, and need not say it again."""


class Contacts(BaseModel):
    """How to reach me; what is left out stays, null takes it back.

    The phone is the one that identity vouches for in the token.
    """

    email: Email | None = None
    locale: Locale | None = None
    push_token: str | None = Field(default=None, max_length=4096)


class OrderContact(BaseModel):
    """The order service's signed word about an address."""

    contact: str = Field(max_length=4096)


@router.put("/contacts", summary="Say how I can be reached", responses=problems(NotSignedIn))
async def save_contacts(
    body: Contacts, who: Customer, tx: Transaction, desk: TheDesk
) -> ContactView:
    """Remember phone, e-mail and language; messages that waited for them go out."""
    said = body.model_dump(exclude_unset=True)

    def change(known: Contact | None) -> Contact:
        contact = met(known, who)
        return replace(
            contact,
            email=said.get("email", contact.email),
            push_token=said.get("push_token", contact.push_token),
            locale=body.locale or contact.locale,
        )

    return _view(await desk.change_contact(tx, who.subject_id, change, now=clock.now()))


@router.get("/contacts", summary="How I can be reached", responses=problems(NotSignedIn))
async def read_contacts(contact: Met) -> ContactView:
    """Show what this service uses: the verified phone is known without being told."""
    return _view(contact)


@router.put(
    "/order-contact",
    status_code=204,
    summary="Hand over the e-mail address of my order",
    responses=problems(NotSignedIn, BadSlip),
)
async def take_order_contact(
    body: OrderContact,
    who: Customer,
    tx: Transaction,
    desk: TheDesk,
    order_contacts: OrderContacts,
) -> None:
    """Send what is mailed about this journey to the address that its order demanded (F5b.13)."""
    said = order_contacts.open(body.contact)
    if said.get("customer_id") != str(who.subject_id):
        raise BadSlip
    as_of = datetime.fromtimestamp(said["iat"], UTC)
    demanded = Demanded(parse_email(said["email"]), as_of)
    await desk.note_email(tx, UUID(said["hold_id"]), who.subject_id, demanded, now=clock.now())


@router.get(
    "/inbox",
    summary="What I was told (F5a.15, F5b.13)",
    responses=problems(NotSignedIn, UnknownCursor, UnknownFilter),
)
async def read_inbox(
    who: Customer,
    contact: Met,
    tx: Transaction,
    limit: Limit = 20,
    after: After = None,
    locale: Locale | None = None,
) -> InboxPage:
    """Show the messages, newest first, in the customer's language."""
    language = locale or contact.locale
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
