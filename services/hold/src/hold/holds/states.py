"""The record of a hold: its statuses, its owner, its clock, its fields, and its refusals.

The clock of a confirmed hold follows from the facts, in any order of arrival. An order on receipt
has to leave the shop, then to arrive; a SIM at a store has to be fetched. With the SIM in the
customer's hand, or an eSIM paid for, the activation's own deadline runs.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from events import Entrance, Region, SimKind
from events.ids import uuid7
from kit.errors import Conflict, NotFound
from kit.sealing import Sealer
from values.moments import between


class Status(StrEnum):
    """The status of a hold, from the lock to the connection."""

    DRAFT = "DRAFT"
    HELD = "HELD"
    CONFIRMED = "CONFIRMED"
    CONSUMED = "CONSUMED"
    RELEASED = "RELEASED"
    EXPIRED = "EXPIRED"


LIVE: Final = (Status.DRAFT, Status.HELD, Status.CONFIRMED)
UNPAID: Final = (Status.DRAFT, Status.HELD)

# Whatever had a slip may be consumed: what the network has connected is connected.
NEXT: Final[dict[Status, set[Status]]] = {
    Status.DRAFT: {Status.HELD, Status.RELEASED, Status.EXPIRED},
    Status.HELD: {Status.CONFIRMED, Status.RELEASED, Status.EXPIRED, Status.CONSUMED},
    Status.CONFIRMED: {Status.CONSUMED, Status.RELEASED, Status.EXPIRED},
    Status.CONSUMED: set(),
    Status.RELEASED: {Status.CONSUMED},
    Status.EXPIRED: {
        Status.CONFIRMED,  # paid or fetched in time, known late, and nobody else has it
        Status.CONSUMED,
        Status.RELEASED,  # its order is cancelled: nothing brings it back
    },
}


@dataclass(eq=False)
class NumberTaken(Conflict):
    """Someone else holds this number."""

    number_id: UUID


@dataclass(eq=False)
class NoSuchHold(NotFound):
    """This hold does not exist."""


@dataclass(eq=False)
class HoldClosed(Conflict):
    """This hold can no longer change that way."""

    hold_id: UUID
    state: Status


@dataclass(eq=False)
class HoldIsPaid(Conflict):
    """This number is paid for or on its way: cancel the order instead."""

    hold_id: UUID


@dataclass(eq=False)
class AlreadyExtended(Conflict):
    """The time for the form can be extended once only."""

    hold_id: UUID


@dataclass(frozen=True)
class Owner:
    """The customer of the app, or the partner of the partner API, that a hold belongs to."""

    entrance: Entrance
    """APP for a customer; CHANNEL for a partner, who is paid first and holds then (P2.2)."""
    id: UUID
    channel_code: str | None = None
    """The sales channel that a partner's token names."""

    @property
    def customer_id(self) -> UUID | None:
        """The customer, unless the owner is a partner."""
        return self.id if self.entrance == "APP" else None

    @property
    def partner_id(self) -> UUID | None:
        """The partner, unless the owner is a customer."""
        return self.id if self.entrance == "CHANNEL" else None


class Clock(StrEnum):
    """The reason for which a confirmed hold will end: the step that did not happen in time."""

    NOT_COLLECTED = "NOT_COLLECTED"
    NOT_DELIVERED = "NOT_DELIVERED"
    NOT_PICKED_UP = "NOT_PICKED_UP"


@dataclass(kw_only=True, eq=False)
class Clocked:
    """The facts that start and stop the clocks of a confirmed hold, and its number's rest."""

    rest: timedelta = timedelta()
    rests_until: datetime | None = None
    collect_within: timedelta = timedelta()
    deliver_within: timedelta = timedelta()
    pickup_days: int = 0
    clock: Clock | None = None
    agreed_at: datetime | None = None
    """The moment an order on receipt was placed."""
    paid_at: datetime | None = None
    ready_at: datetime | None = None
    handed_over_at: datetime | None = None
    received_at: datetime | None = None
    keep_until: datetime | None = None
    """The end of waiting for the parcel of a cancelled paid number."""
    parcel_returned: bool = False
    reminded_of: datetime | None = None
    """The end that the customer was reminded of."""


@dataclass(kw_only=True, eq=False)
class HoldRecord(Clocked):
    """The fields of a hold, as its row remembers them, and what follows from them alone."""

    id: UUID = field(default_factory=uuid7)
    number_id: UUID
    msisdn: str
    price_class: str
    price_vnd: int
    sim_fee_vnd: int
    commitment_vnd_per_month: int
    commitment_months: int
    stock_region: Region | None
    region: Region | None = None
    """The regional company of its order, for staff's searches."""
    promotions: dict[SimKind, str]
    packages: dict[SimKind, str] = field(default_factory=dict)
    sim: SimKind
    entrance: Entrance
    customer_id: UUID | None = None
    partner_id: UUID | None = None
    channel_code: str | None = None
    referrer_code: str | None = None
    partner_reference: str | None = None
    lock_reference: str | None = None
    channel_paid_vnd: int | None = None
    channel_paid_at: datetime | None = None
    channel_delivers: bool = False
    status: Status = Status.DRAFT
    created_at: datetime
    expires_at: datetime
    extended: bool = False
    grace: timedelta = timedelta()
    hold_code: str | None = None
    registration: bytes | None = None
    phone_index: str | None = None

    @property
    def promotion_code(self) -> str | None:
        """The promotion this number and SIM are entitled to (SB.7)."""
        return self.promotions.get(self.sim)

    @property
    def package_code(self) -> str | None:
        """The package that the promotion grants."""
        return self.packages.get(self.sim)

    def is_lapsed(self, now: datetime) -> bool:
        """Tell whether the clock has run out, though no fact has said so yet."""
        return self.status in UNPAID and self.expires_at <= now

    def placed_in_time(self, moment: datetime, *, now: datetime) -> datetime:
        """Place the moment of another service's fact between this hold's beginning and now."""
        return between(moment, self.created_at, now=now)

    def seal(self, data: dict[str, Any], sealer: Sealer) -> None:
        """Keep personal data so that this service alone can read them.

        The fingerprint of `contact_phone` is kept beside, to compare with the phone of a claim.
        """
        self.registration = sealer.seal_json(data, about=str(self.id))
        self.phone_index = sealer.blind_index(data["contact_phone"])
