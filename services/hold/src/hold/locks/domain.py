"""Three live holds a person, one of the rarest classes; fifteen minutes to pay; then a rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from hold.clocks.domain import Periods
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
    """How many numbers one person may keep."""

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
    """How often one person, or one channel, may have the same number without paying for it."""

    limit: int
    within: timedelta

    def check(self, number_id: UUID, since: Sequence[datetime]) -> None:
        """Refuse one more after locks that began at these moments, oldest first."""
        if len(since) >= self.limit:
            raise LockedTooOften(number_id, since[-self.limit] + self.within)


@dataclass(frozen=True)
class ChannelLocks:
    """How many numbers a sales channel may lock before it is paid, and for how long."""

    length: timedelta
    at_once: int
    retries: Retries


@dataclass(frozen=True)
class Rest:
    """How long a number rests after a hold, so that it is not passed around."""

    ordinary: timedelta
    longer: timedelta
    longer_classes: frozenset[str]

    def of(self, price_class: str) -> timedelta:
        """Return how long a number of a class rests."""
        return self.longer if price_class in self.longer_classes else self.ordinary


@dataclass(frozen=True)
class Terms:
    """How long a slip is good for, fixed when it is issued."""

    payment_window: timedelta
    grace: timedelta
    rest: Rest
    periods: Periods
