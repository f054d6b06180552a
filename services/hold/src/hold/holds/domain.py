"""A hold: one number, one person, and a clock."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal, Self
from uuid import UUID

from events import (
    Entrance,
    HoldClaimed,
    HoldConfirmed,
    HoldConsumed,
    HoldCreated,
    HoldEnding,
    HoldExpired,
    HoldExtended,
    HoldLost,
    HoldReleased,
    NumberFreed,
    NumberSoftLocked,
    Region,
    SimKind,
)
from events.ids import uuid7
from hold.clocks.domain import Clocked
from hold.holds.states import NEXT, UNPAID, Status
from hold.locks.domain import Terms
from hold.offers.domain import Offer
from kit.errors import Conflict, NotFound

_TERMS: Final = (
    *("hold_code", "customer_id", "sim", "entrance", "channel_code", "partner_id", "price_vnd"),
    *("sim_fee_vnd", "commitment_vnd_per_month", "commitment_months", "promotion_code"),
    *("package_code", "stock_region", "expires_at", "channel_paid_vnd", "channel_paid_at"),
    "channel_delivers",
)
"""The fields of a hold that its slip states."""


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


@dataclass(kw_only=True, eq=False)
class Hold(Clocked):
    """A number kept for one person. Each method returns the fact it made true."""

    id: UUID = field(default_factory=uuid7)
    number_id: UUID
    msisdn: str
    price_class: str
    price_vnd: int
    sim_fee_vnd: int
    commitment_vnd_per_month: int
    commitment_months: int
    stock_region: Region | None
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

    @classmethod
    def lock(
        cls, offer: Offer, sim: SimKind, *, now: datetime, until: datetime, **owner: Any
    ) -> tuple[Self, NumberSoftLocked]:
        """Keep the number while the form is filled in, or while a channel takes the money."""
        terms = {name: getattr(offer, name) for name in Offer.__dataclass_fields__}
        hold = cls(**terms, sim=sim, created_at=now, expires_at=until, **owner)
        return hold, hold._locked(now)

    @property
    def promotion_code(self) -> str | None:
        """The promotion this number and SIM are entitled to (SB.7)."""
        return self.promotions.get(self.sim)

    @property
    def package_code(self) -> str | None:
        """The package that the promotion grants."""
        return self.packages.get(self.sim)

    def is_lapsed(self, now: datetime) -> bool:
        """Tell whether the clock has run out, though nobody has said so yet."""
        return self.status in UNPAID and self.expires_at <= now

    def extend_lock(self, by: timedelta, *, now: datetime) -> NumberSoftLocked:
        """Give the person more time for the form, once."""
        if self.status is not Status.DRAFT or self.is_lapsed(now):
            raise HoldClosed(self.id, self.status)
        if self.extended:
            raise AlreadyExtended(self.id)
        self.extended, self.expires_at = True, self.expires_at + by
        return self._locked(now)

    def issue(self, code: str, terms: Terms, *, now: datetime) -> HoldCreated:
        """Issue the slip: from here the customer has time to pay (F3.4 TH1, P3.2)."""
        self._move_to(Status.HELD)
        self.hold_code, self.grace, self.rest = code, terms.grace, terms.rest.of(self.price_class)
        self.keep_to(terms.periods)
        self.expires_at = now + terms.payment_window + terms.grace
        return HoldCreated(**self._it(now), **{name: getattr(self, name) for name in _TERMS})

    def extend_for_payment(self, pay_before: datetime, *, now: datetime) -> HoldExtended | None:
        """Keep the number as long as the payment page is open; nothing if it is kept longer."""
        until = pay_before + self.grace
        if self.status is not Status.HELD or until <= self.expires_at:
            return None
        self.expires_at = until
        return HoldExtended(**self._it(now), expires_at=until, reason_code="PAYMENT_STARTED")

    def confirm(
        self, because: Literal["PAID", "COD"], *, at: datetime, now: datetime
    ) -> HoldConfirmed:
        """Stop the clock, or turn it back: what counts is when the customer paid or agreed to."""
        if self.status in (*UNPAID, Status.EXPIRED) and at >= self.expires_at:
            raise HoldClosed(self.id, Status.EXPIRED)
        self._move_to(Status.CONFIRMED)
        self.rests_until = None
        self.wind()
        return HoldConfirmed(**self._it(now), because=because)

    def wind(self) -> None:
        """Let the clock run that follows from what was heard of a confirmed hold."""
        if self.status is Status.CONFIRMED:
            self.clock, self.expires_at = self.running_clock() or (None, self.expires_at)

    def remind(self, *, now: datetime) -> HoldEnding:
        """Say that the clock runs out soon, once for each end."""
        assert self.clock
        self.reminded_of = self.expires_at
        return HoldEnding(**self._it(now), ends_at=self.expires_at, reason_code=self.clock)

    def consume(self, *, now: datetime) -> HoldConsumed:
        """Give the number its owner: the subscriber is connected."""
        self._move_to(Status.CONSUMED)
        self.clock = None
        return HoldConsumed(**self._it(now))

    def release(
        self, reason_code: str, *, owed_vnd: int | None = None, now: datetime
    ) -> NumberFreed | HoldReleased:
        """Give the number back; after a slip it rests. A channel owes all, or what it is told."""
        had_slip = self.status is not Status.DRAFT
        self._move_to(Status.RELEASED)
        self.keep_until = self.clock = None
        if not had_slip:
            return self._freed(reason_code, now)
        self.rests_until = now + self.rest
        owed = self.channel_paid_vnd and (self.channel_paid_vnd if owed_vnd is None else owed_vnd)
        said = self._it(now) | {"reason_code": reason_code, "rests_until": self.rests_until}
        return HoldReleased(**said, owed_back_vnd=owed)

    def expire(self, *, now: datetime) -> NumberFreed | HoldExpired:
        """Take the number back: the clock ran out; after a slip it rests, from its end on."""
        had_slip = self.status is not Status.DRAFT
        self._move_to(Status.EXPIRED)
        if not had_slip:
            return self._freed("LAPSED", now)
        since = now if self.clock else self.expires_at
        self.clock, self.rests_until = None, since + self.rest
        return HoldExpired(**self._it(now), rests_until=self.rests_until)

    def run_out(self, *, now: datetime) -> NumberFreed | HoldExpired | HoldReleased:
        """End a confirmed hold whose clock ran out; what was paid for goes back for good."""
        assert self.clock
        return self.expire(now=now) if self.is_unpaid else self.release(self.clock, now=now)

    def forsake(self) -> None:
        """Let nothing bring an expired hold back: its order is cancelled."""
        self._move_to(Status.RELEASED)

    def lose(self, order_id: UUID, *, now: datetime) -> HoldLost:
        """Admit that the number of a paid order could not be kept: the money is owed back."""
        return HoldLost(**self._it(now), order_id=order_id)

    def claim(self, customer_id: UUID, *, now: datetime) -> HoldClaimed | None:
        """Take the slip into an account (P3.3); nothing new if it is there already."""
        if self.customer_id not in (None, customer_id):
            raise NoSuchHold
        if self.status not in (Status.HELD, Status.CONFIRMED):
            raise HoldClosed(self.id, self.status)
        if self.customer_id:
            return None
        self.customer_id = customer_id
        return HoldClaimed(occurred_at=now, hold_id=self.id, customer_id=customer_id)

    def _it(self, now: datetime) -> dict[str, Any]:
        return {"occurred_at": now, "hold_id": self.id, "number_id": self.number_id}

    def _locked(self, now: datetime) -> NumberSoftLocked:
        return NumberSoftLocked(
            occurred_at=now,
            number_id=self.number_id,
            msisdn=self.msisdn,
            locked_until=self.expires_at,
        )

    def _freed(self, reason_code: str, now: datetime) -> NumberFreed:
        return NumberFreed(
            occurred_at=now,
            number_id=self.number_id,
            msisdn=self.msisdn,
            reason_code=reason_code,
        )

    def _move_to(self, status: Status) -> None:
        if status not in NEXT[self.status]:
            raise HoldClosed(self.id, self.status)
        self.status = status
