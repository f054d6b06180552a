"""The clock of a confirmed hold: which one runs follows from the facts, in any order of hearing.

An order on receipt has to leave the shop, then to arrive; a SIM at a store has to be fetched. With
the SIM in the customer's hand, or an eSIM paid for, the activation's own deadline runs.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from kit.clock import VIETNAM

# Public holidays on weekdays. Those that follow the moon are proclaimed a year ahead: add them.
HOLIDAYS: Final = frozenset(
    date.fromisoformat(day)
    for day in (
        *("2027-01-01", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-04-16"),
        *("2027-04-30", "2027-05-03", "2027-09-02", "2027-09-03"),
    )
)


class Clock(StrEnum):
    """What the customer or the parcel has not done by the end of the clock."""

    NOT_COLLECTED = "NOT_COLLECTED"
    NOT_DELIVERED = "NOT_DELIVERED"
    NOT_PICKED_UP = "NOT_PICKED_UP"


@dataclass(frozen=True)
class Periods:
    """How long each clock runs, fixed when the slip is issued."""

    collection: timedelta
    """An order on receipt: until the courier has the parcel, or the store has it ready."""
    delivery: timedelta
    """From the courier's hand to the customer's, if nothing is paid yet."""
    pickup_days: int
    """Working days that a SIM waits at a store."""


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
    """When an order on receipt was placed."""
    paid_at: datetime | None = None
    ready_at: datetime | None = None
    handed_over_at: datetime | None = None
    received_at: datetime | None = None
    keep_until: datetime | None = None
    """Until when a cancelled paid number is kept for its parcel."""
    parcel_returned: bool = False
    reminded_of: datetime | None = None
    """The end that the customer was reminded of."""

    def keep_to(self, periods: Periods) -> None:
        """Fix how long the clocks of this hold run."""
        self.collect_within, self.deliver_within = periods.collection, periods.delivery
        self.pickup_days = periods.pickup_days

    @property
    def is_unpaid(self) -> bool:
        """Whether it is known to be on receipt; of before that was noted, it may have been paid."""
        return self.agreed_at is not None and self.paid_at is None

    def running_clock(self) -> tuple[Clock, datetime] | None:
        """Return the clock that runs by all that was heard, and its end; none if none does."""
        if self.received_at:
            return None
        if self.ready_at:
            return Clock.NOT_PICKED_UP, end_of_working_day(self.ready_at, after=self.pickup_days)
        if self.paid_at or self.agreed_at is None:
            return None
        if self.handed_over_at:
            return Clock.NOT_DELIVERED, self.handed_over_at + self.deliver_within
        return Clock.NOT_COLLECTED, self.agreed_at + self.collect_within


def earliest(known: datetime | None, heard: datetime) -> datetime:
    """Return the earlier of two moments, of which the first may not be known yet."""
    return min(known, heard) if known else heard


def end_of_working_day(start: datetime, *, after: int) -> datetime:
    """Return the midnight that ends the so-manieth working day after the day of `start`."""
    day = start.astimezone(VIETNAM).date()
    while after:
        day += timedelta(days=1)
        after -= day.isoweekday() < 6 and day not in HOLIDAYS  # noqa: PLR2004, Saturday
    return datetime.combine(day + timedelta(days=1), time(), VIETNAM)
