"""HTTP: the addresses of a customer, and the inbox."""

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
from notification.contacts.commands import contact_of
from notification.contacts.domain import Contact, Demanded
from notification.messages import commands, queries
from notification.messages.commands import Notifier
from notification.messages.domain import NoSuchMessage
from notification.messages.queries import ContactView, InboxPage
from notification.texts.domain import Locale
from values.emails import Email, parse_email
from values.errors import BadValue

router = APIRouter(prefix="/v1/me", tags=["notifications"])


RequestNotifier = Annotated[Notifier, from_app(Notifier)]
RequestOrderContacts = Annotated[Verifier, from_app(Verifier, "order_contacts")]


def met(known: Contact | None, caller: Caller) -> Contact:
    """Return the contact of a person, with the phone that identity vouches for in the token."""
    locale: Locale = "en" if caller.locale == "en" else "vi"
    contact = known or Contact(email=_email(caller), locale=locale)
    return replace(contact, phone=caller.phone or contact.phone)


def _email(caller: Caller) -> str | None:
    try:
        return parse_email(caller.email) if caller.email else None
    except BadValue:
        return None


async def _meet(
    customer: Customer, tx: Transaction, notifier: RequestNotifier, sealer: RequestSealer
) -> Contact:
    known = await contact_of(tx, customer.subject_id, sealer)
    if known and met(known, customer) == known:
        return known
    return await notifier.change_contact(
        tx, customer.subject_id, lambda last: met(last, customer), now=clock.now()
    )


Met = Annotated[Contact, Depends(_meet)]
"""The contact of the caller: shown with a token once, an address need not be said again."""


class Contacts(BaseModel):
    """The ways to reach me; a field left out stays, null takes it back.

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
    body: Contacts, customer: Customer, tx: Transaction, notifier: RequestNotifier
) -> ContactView:
    """Remember phone, e-mail and language; messages that waited for them go out."""
    fields = body.model_dump(exclude_unset=True)

    def change(known: Contact | None) -> Contact:
        contact = met(known, customer)
        return replace(
            contact,
            email=fields.get("email", contact.email),
            push_token=fields.get("push_token", contact.push_token),
            locale=body.locale or contact.locale,
        )

    return _view(await notifier.change_contact(tx, customer.subject_id, change, now=clock.now()))


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
    customer: Customer,
    tx: Transaction,
    notifier: RequestNotifier,
    order_contacts: RequestOrderContacts,
) -> None:
    """Send what is mailed about this journey to the address that its order demanded (F5b.13)."""
    claims = order_contacts.open(body.contact)
    if claims.get("customer_id") != str(customer.subject_id):
        raise BadSlip
    as_of = datetime.fromtimestamp(claims["iat"], UTC)
    demanded = Demanded(parse_email(claims["email"]), as_of)
    await notifier.note_email(
        tx, UUID(claims["hold_id"]), customer.subject_id, demanded, now=clock.now()
    )


@router.get(
    "/inbox",
    summary="What I was told (F5a.15, F5b.13)",
    responses=problems(NotSignedIn, UnknownCursor, UnknownFilter),
)
async def read_inbox(
    customer: Customer,
    contact: Met,
    tx: Transaction,
    limit: Limit = 20,
    after: After = None,
    locale: Locale | None = None,
) -> InboxPage:
    """Show the messages, newest first, in the customer's language."""
    language = locale or contact.locale
    return await queries.inbox(tx, customer.subject_id, locale=language, limit=limit, after=after)


@router.post(
    "/inbox/{message_id}/read",
    status_code=204,
    summary="I have read this",
    responses=problems(NotSignedIn, NoSuchMessage),
)
async def mark_read(message_id: UUID, customer: Customer, tx: Transaction) -> None:
    """Take a message off the unread count; again changes nothing."""
    await commands.mark_read(tx, customer.subject_id, message_id, now=clock.now())


def _view(contact: Contact) -> ContactView:
    return ContactView(
        phone=contact.phone,
        email=contact.email,
        locale=contact.locale,
        has_push_token=contact.push_token is not None,
    )
