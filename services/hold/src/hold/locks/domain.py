"""Limits of locking: three live holds a person, one of the rarest classes, and few repetitions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from events import NumberSoftLocked, SimKind
from hold.holds.domain import Hold
from hold.holds.states import Owner
from hold.offers.domain import Offer
from kit.errors import Conflict, Refused, TooManyRequests


@dataclass(eq=False)
class TooManyHolds(Refused):
    """This person already keeps as many numbers as the rules allow."""

    limit: int


@dataclass(eq=False)
class NumberResting(Conflict):
    """This number rests for a while after its last hold; nobody can take it before."""

    number_id: UUID
    until: datetime


@dataclass(eq=False)
class HeldOtherwise(Conflict):
    """You hold this number already, on other terms: give it back first, or go on as it is."""

    hold_id: UUID
    differs: list[str]


@dataclass(eq=False)
class LockedTooOften(TooManyRequests):
    """This number was locked and given up too often by the same hand; leave it to others."""

    number_id: UUID
    again_at: datetime


@dataclass(frozen=True)
class Quota:
    """The limit on the live holds of one person (SB.2.4): three, one of the rarest classes."""

    of_all: int
    of_top: int
    top_classes: frozenset[str]

    def check(self, price_class: str, kept: Sequence[str]) -> None:
        """Refuse one more of a class to somebody who keeps numbers of the classes `kept`."""
        if price_class in self.top_classes:
            self._check(len(self.top_classes.intersection(kept)), self.of_top)
        self._check(len(kept), self.of_all)

    def _check(self, count: int, limit: int) -> None:
        if count >= limit:
            raise TooManyHolds(limit)


@dataclass(frozen=True)
class Retries:
    """The limit on one owner's locks of the same number that were never paid for."""

    limit: int
    within: timedelta

    def check(self, number_id: UUID, since: Sequence[datetime]) -> None:
        """Refuse one more after locks that began at these moments, oldest first."""
        if len(since) >= self.limit:
            raise LockedTooOften(number_id, since[-self.limit] + self.within)


def lock(
    offer: Offer,
    sim: SimKind,
    owner: Owner,
    *,
    reference: str | None,
    until: datetime,
    now: datetime,
) -> tuple[Hold, NumberSoftLocked]:
    """Keep the number while the form is filled in, or while a channel takes the money.

    `reference` is the channel's own name for its request (P2.2).
    """
    hold = Hold(
        number_id=offer.number_id,
        msisdn=offer.msisdn,
        price_class=offer.price_class,
        price_vnd=offer.price_vnd,
        sim_fee_vnd=offer.sim_fee_vnd,
        commitment_vnd_per_month=offer.commitment_vnd_per_month,
        commitment_months=offer.commitment_months,
        stock_region=offer.stock_region,
        promotions=offer.promotions,
        packages=offer.packages,
        sim=sim,
        entrance=owner.entrance,
        customer_id=owner.customer_id,
        partner_id=owner.partner_id,
        channel_code=owner.channel_code,
        lock_reference=reference,
        created_at=now,
        expires_at=until,
    )
    return hold, hold.locked(now)
