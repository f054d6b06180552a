"""A sales channel that takes the money before it holds (P2.2): what it may do."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from hold.channels.domain import PartnerTerms
from hold.holds.domain import Hold
from hold.locks.domain import Retries
from kit.errors import Conflict, Invalid, Refused
from values.errors import BadValue
from values.moments import not_before, not_in_future


@dataclass(eq=False)
class TooManyLocks(Refused):
    """This sales channel has too many numbers locked that are not paid for."""

    limit: int


@dataclass(eq=False)
class ReferenceUsed(Conflict):
    """This partner reference belongs to another hold, or this hold to another reference."""

    partner_reference: str


@dataclass(eq=False)
class NotEnoughCollected(Invalid):
    """The channel collected less than number and SIM cost."""

    due_vnd: int
    collected_vnd: int


@dataclass(eq=False)
class CollectedInTheFuture(Invalid):
    """The money cannot have been collected later than now."""


@dataclass(eq=False)
class CollectedBeforeTheLock(Invalid):
    """The money cannot have been collected before the number was locked."""

    locked_at: datetime


@dataclass(frozen=True)
class Sale:
    """A sale as the channel reports it: the customer's phone, the money in VND and its moment."""

    customer_phone: str
    collected_vnd: int
    collected_at: datetime
    partner_reference: str
    referrer_code: str | None

    def said(self, hold_id: UUID) -> dict[str, Any]:
        """Return what a repetition has to say again."""
        return {
            "hold_id": str(hold_id),
            "customer_phone": self.customer_phone,
            "collected_vnd": self.collected_vnd,
            "collected_at": self.collected_at.astimezone(UTC).isoformat(),
            "referrer": self.referrer_code,
        }

    def checked(self, hold: Hold, *, now: datetime) -> Self:
        """Refuse a sale that cannot be right; place it between the lock and now."""
        due_vnd = hold.price_vnd + hold.sim_fee_vnd
        if self.collected_vnd < due_vnd:
            raise NotEnoughCollected(due_vnd, self.collected_vnd)
        try:
            at = not_in_future(self.collected_at, now=now)
        except BadValue as error:
            raise CollectedInTheFuture from error
        try:
            return replace(self, collected_at=not_before(at, hold.created_at))
        except BadValue as error:
            raise CollectedBeforeTheLock(hold.created_at) from error

    def write_on(self, hold: Hold, terms: PartnerTerms) -> None:
        """Put the sale on the hold."""
        hold.partner_reference = self.partner_reference
        hold.referrer_code = self.referrer_code
        hold.channel_paid_vnd, hold.channel_paid_at = self.collected_vnd, self.collected_at
        hold.channel_delivers = terms.delivers and hold.sim == "PHYSICAL"


@dataclass(frozen=True)
class ChannelLocks:
    """The limits of a sales channel's locks before it is paid, and their length."""

    length: timedelta
    at_once: int
    retries: Retries
