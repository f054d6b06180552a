"""A hold: one number kept for one owner, until its clock runs out or the number is connected."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from events import (
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
)
from hold.holds.states import (
    NEXT,
    UNPAID,
    AlreadyExtended,
    Clock,
    HoldClosed,
    HoldRecord,
    NoSuchHold,
    Status,
)
from hold.terms.domain import Periods, Terms, end_of_working_day


@dataclass(kw_only=True, eq=False)
class Hold(HoldRecord):
    """A number kept for one owner. Each transition returns the fact that it made true."""

    def locked(self, now: datetime) -> NumberSoftLocked:
        """State until when the number is locked."""
        return NumberSoftLocked(
            occurred_at=now,
            number_id=self.number_id,
            msisdn=self.msisdn,
            locked_until=self.expires_at,
        )

    def extend_lock(self, by: timedelta, *, now: datetime) -> NumberSoftLocked:
        """Give more time for the form, once."""
        if self.status is not Status.DRAFT or self.is_lapsed(now):
            raise HoldClosed(self.id, self.status)
        if self.extended:
            raise AlreadyExtended(self.id)
        self.extended, self.expires_at = True, self.expires_at + by
        return self.locked(now)

    def issue(self, code: str, terms: Terms, *, now: datetime) -> HoldCreated:
        """Issue the slip: from here the customer has time to pay (F3.4 TH1, P3.2)."""
        self._move_to(Status.HELD)
        self.hold_code, self.grace, self.rest = code, terms.grace, terms.rest.of(self.price_class)
        self.keep_to(terms.periods)
        self.expires_at = now + terms.payment_window + terms.grace
        return HoldCreated(
            occurred_at=now,
            hold_id=self.id,
            number_id=self.number_id,
            hold_code=code,
            customer_id=self.customer_id,
            sim=self.sim,
            entrance=self.entrance,
            channel_code=self.channel_code,
            partner_id=self.partner_id,
            price_vnd=self.price_vnd,
            sim_fee_vnd=self.sim_fee_vnd,
            commitment_vnd_per_month=self.commitment_vnd_per_month,
            commitment_months=self.commitment_months,
            promotion_code=self.promotion_code,
            stock_region=self.stock_region,
            expires_at=self.expires_at,
            channel_paid_vnd=self.channel_paid_vnd,
            channel_paid_at=self.channel_paid_at,
            channel_delivers=self.channel_delivers,
            package_code=self.package_code,
        )

    def extend_for_payment(self, pay_before: datetime, *, now: datetime) -> HoldExtended | None:
        """Keep the number as long as the payment page is open; nothing if it is kept longer."""
        until = pay_before + self.grace
        if self.status is not Status.HELD or until <= self.expires_at:
            return None
        self.expires_at = until
        return HoldExtended(
            occurred_at=now,
            hold_id=self.id,
            number_id=self.number_id,
            expires_at=until,
            reason_code="PAYMENT_STARTED",
        )

    def confirm(
        self, because: Literal["PAID", "COD"], *, at: datetime, now: datetime
    ) -> HoldConfirmed:
        """Stop the clock, or turn it back: what counts is when the customer paid or agreed to."""
        if self.status in (*UNPAID, Status.EXPIRED) and at >= self.expires_at:
            raise HoldClosed(self.id, Status.EXPIRED)
        self._move_to(Status.CONFIRMED)
        self.rests_until = None
        self.wind()
        return HoldConfirmed(
            occurred_at=now, hold_id=self.id, number_id=self.number_id, because=because
        )

    def keep_to(self, periods: Periods) -> None:
        """Fix how long the clocks of this hold run."""
        self.collect_within, self.deliver_within = periods.collection, periods.delivery
        self.pickup_days = periods.pickup_days

    @property
    def is_unpaid(self) -> bool:
        """The order is known to be on receipt and unpaid; without a noted moment it may be paid."""
        return self.agreed_at is not None and self.paid_at is None

    def running_clock(self) -> tuple[Clock, datetime] | None:
        """Return the clock that runs by all facts consumed, and its end; none if none does."""
        if self.received_at:
            return None
        if self.ready_at:
            return Clock.NOT_PICKED_UP, end_of_working_day(self.ready_at, after=self.pickup_days)
        if self.paid_at or self.agreed_at is None:
            return None
        if self.handed_over_at:
            return Clock.NOT_DELIVERED, self.handed_over_at + self.deliver_within
        return Clock.NOT_COLLECTED, self.agreed_at + self.collect_within

    def wind(self) -> None:
        """Let the clock run that follows from the facts about a confirmed hold."""
        if self.status is Status.CONFIRMED:
            self.clock, self.expires_at = self.running_clock() or (None, self.expires_at)

    def remind(self, *, now: datetime) -> HoldEnding:
        """Say that the clock runs out soon, once for each end."""
        assert self.clock
        self.reminded_of = self.expires_at
        return HoldEnding(
            occurred_at=now,
            hold_id=self.id,
            number_id=self.number_id,
            ends_at=self.expires_at,
            reason_code=self.clock,
        )

    def consume(self, *, now: datetime) -> HoldConsumed:
        """Give the number its owner: the subscriber is connected (P4.2)."""
        self._move_to(Status.CONSUMED)
        self.clock = None
        return HoldConsumed(occurred_at=now, hold_id=self.id, number_id=self.number_id)

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
        return HoldReleased(
            occurred_at=now,
            hold_id=self.id,
            number_id=self.number_id,
            reason_code=reason_code,
            owed_back_vnd=owed,
            rests_until=self.rests_until,
        )

    def expire(self, *, now: datetime) -> NumberFreed | HoldExpired:
        """Take the number back: the clock ran out; after a slip it rests, from its end on."""
        had_slip = self.status is not Status.DRAFT
        self._move_to(Status.EXPIRED)
        if not had_slip:
            return self._freed("LAPSED", now)
        since = now if self.clock else self.expires_at
        self.clock, self.rests_until = None, since + self.rest
        return HoldExpired(
            occurred_at=now,
            hold_id=self.id,
            number_id=self.number_id,
            rests_until=self.rests_until,
        )

    def run_out(self, *, now: datetime) -> NumberFreed | HoldExpired | HoldReleased:
        """End a confirmed hold whose clock ran out; what was paid for goes back for good."""
        assert self.clock
        return self.expire(now=now) if self.is_unpaid else self.release(self.clock, now=now)

    def forsake(self) -> None:
        """Let nothing bring an expired hold back: its order is cancelled."""
        self._move_to(Status.RELEASED)

    def lose(self, order_id: UUID, *, now: datetime) -> HoldLost:
        """Admit that the number of a paid order could not be kept: the money is owed back."""
        return HoldLost(
            occurred_at=now, hold_id=self.id, number_id=self.number_id, order_id=order_id
        )

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


def earliest(known: datetime | None, moment: datetime) -> datetime:
    """Return the earlier of two moments, of which the first may not be known yet."""
    return min(known, moment) if known else moment
