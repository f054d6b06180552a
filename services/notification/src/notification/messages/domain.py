"""Messages, the ways each takes, and the status of each copy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from events import NotificationFailed, NotificationSent
from events.ids import uuid7
from kit.errors import NotFound
from notification.contacts.domain import Channel
from notification.texts.domain import PAGES, AppPage, Facts, Locale

EVERYWHERE: Final[tuple[Channel, ...]] = ("INBOX", "SMS", "EMAIL")
APP_AND_SMS: Final[tuple[Channel, ...]] = ("INBOX", "SMS")
APP_AND_MAIL: Final[tuple[Channel, ...]] = ("INBOX", "EMAIL")
APP: Final[tuple[Channel, ...]] = ("INBOX",)

CHANNELS: Final[Mapping[str, tuple[Channel, ...]]] = {
    "hold_slip": APP_AND_SMS,
    "hold_confirmed": APP,
    "hold_ending": APP_AND_SMS,  # G39
    "hold_expired": APP_AND_SMS,
    "hold_released": APP,
    "hold_lost": EVERYWHERE,
    "payment_confirmed": EVERYWHERE,
    "payment_failed": APP_AND_SMS,
    "order_cancelled": EVERYWHERE,
    "cancel_refused": APP_AND_SMS,  # G18
    "refund_at_bank": APP_AND_MAIL,
    "refund_completed": EVERYWHERE,
    "refund_by_hand": EVERYWHERE,
    "invoice_issued": APP,
    "parcel_handed_over": APP_AND_SMS,
    "parcel_delivered": APP_AND_SMS,
    "parcel_refused": APP_AND_SMS,
    "parcel_lost": APP_AND_SMS,
    "store_ready": APP_AND_SMS,
    "kyc_passed": APP,
    "kyc_failed": APP,
    "kyc_review": APP,
    "call_approved": APP,
    "call_rejected": APP_AND_SMS,
    "call_retry": APP,
    "call_revoked": APP_AND_SMS,
    "call_reopened": APP_AND_SMS,  # G26
    "appointment_booked": APP_AND_SMS,
    "connected": EVERYWHERE,  # F5a.15: by every way the customer has (G38)
    "connection_rejected": EVERYWHERE,  # F5a.17, F5b.19
    "connection_delayed": APP_AND_SMS,  # G32
    "esim_ready": APP_AND_MAIL,  # F5b.13: push and e-mail, both
    "esim_installed": APP_AND_MAIL,  # F5b.16
    "esim_failed": EVERYWHERE,  # F5b.17, F5b.19
    "activation_ending": EVERYWHERE,  # G39
    "activation_expired": EVERYWHERE,  # G39
    "promotion_granted": APP_AND_SMS,
    "password_changed": APP_AND_SMS,  # F2.11: so that a thief's change is noticed
}
"""The ways that each message takes; the inbox is always one of them."""


class NoSuchMessage(NotFound):
    """There is no such message in your inbox."""


class Undeliverable(Exception):
    """Trying again would not help: the address does not exist, for instance."""

    def __init__(self, reason_code: str) -> None:
        super().__init__(reason_code)
        self.reason_code = reason_code


class Status(StrEnum):
    """The status of one copy of a message."""

    WAITING = "WAITING"
    """For an address, or for the customer of a channel to claim the slip."""
    READY = "READY"
    SENDING = "SENDING"
    """Handed to a gateway that has not answered yet."""
    SENT = "SENT"
    FAILED = "FAILED"


NEXT: Final[dict[Status, set[Status]]] = {
    Status.WAITING: {Status.READY, Status.SENT, Status.FAILED},
    Status.READY: {Status.WAITING, Status.SENDING, Status.SENT, Status.FAILED},
    Status.SENDING: {Status.WAITING, Status.SENDING, Status.SENT, Status.FAILED},
    Status.SENT: set(),
    Status.FAILED: set(),
}


class OutOfOrder(Exception):
    """A copy was moved in a way the table does not know: a mistake of ours."""


@dataclass(kw_only=True, eq=False)
class Delivery:
    """One copy of a message on one way. Each method returns the fact it made true."""

    id: UUID = field(default_factory=uuid7)
    message_id: UUID
    hold_id: UUID | None
    template: str
    channel: Channel
    status: Status = Status.READY
    reason_code: str | None = None
    created_at: datetime
    settled_at: datetime | None = None

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing more will happen."""
        return not NEXT[self.status]

    def wait(self) -> None:
        """Wait for a customer to claim the slip that this message is about (P3.3)."""
        self._move_to(Status.WAITING)

    def miss_contact(self, *, now: datetime) -> NotificationFailed:
        """Say that no address is known; the message still goes out if one comes in time."""
        self._move_to(Status.WAITING)
        self.reason_code = "NO_CONTACT"
        return self._failed("NO_CONTACT", now)

    def be_ready(self) -> None:
        """Go on: the address has come."""
        self._move_to(Status.READY)
        self.reason_code = None

    def begin(self) -> None:
        """Note the attempt before it is made; see the README on what a crash here means."""
        self._move_to(Status.SENDING)

    def sent(self, *, now: datetime) -> NotificationSent:
        """Say that the message has left for its reader."""
        self._move_to(Status.SENT)
        self.settled_at = now
        return NotificationSent(
            occurred_at=now,
            message_id=self.message_id,
            hold_id=self.hold_id,
            template=self.template,
            channel=self.channel,
        )

    def fail(self, reason_code: str, *, now: datetime) -> NotificationFailed:
        """Give this way up."""
        self._move_to(Status.FAILED)
        self.reason_code, self.settled_at = reason_code, now
        return self._failed(reason_code, now)

    def _failed(self, reason_code: str, now: datetime) -> NotificationFailed:
        return NotificationFailed(
            occurred_at=now,
            message_id=self.message_id,
            hold_id=self.hold_id,
            template=self.template,
            channel=self.channel,
            reason_code=reason_code,
        )

    def _move_to(self, status: Status) -> None:
        if status not in NEXT[self.status]:
            raise OutOfOrder(f"{self.status} -> {status}")
        self.status = status


@dataclass(frozen=True)
class Message:
    """A message before it is put into words."""

    id: UUID
    template: str
    hold_id: UUID | None
    customer_id: UUID | None
    facts: Facts
    created_at: datetime
    read_at: datetime | None
    hold_code: str | None
    sim: str | None
    msisdn: str | None

    def context(self, public_url: str) -> Facts:
        """Return the variables that the templates of this message may use."""
        return self.facts | {
            "hold_code": self.hold_code,
            "sim": self.sim,
            "msisdn": self.msisdn,
            "link": self.link(public_url),
            "page": self.page.name,
            "hold_id": self.hold_id,
        }

    @property
    def page(self) -> AppPage:
        """Return the page that shows what this message is about, and what to do next."""
        page = PAGES.get(self.template, AppPage.SLIP)
        if page is AppPage.ORDER and "order_id" not in self.facts:
            return AppPage.SLIP
        is_paid_esim = self.template == "payment_confirmed" and self.sim == "ESIM"
        return AppPage.ACTIVATION if is_paid_esim else page

    def link(self, public_url: str = "") -> str | None:
        """Return where this message leads; what is behind it asks who you are (F5b.13)."""
        if self.hold_id is None:
            return None
        order_id = self.facts.get("order_id")
        return public_url + self.page.format(hold_id=self.hold_id, order_id=order_id)


@dataclass(frozen=True)
class Letter:
    """A message in the words of its reader's language, ready to go."""

    message_id: UUID
    delivery_id: UUID
    template: str
    to: str
    title: str
    body: str
    link: str | None
    html: str
    written_at: datetime
    locale: Locale
