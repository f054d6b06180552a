"""The terms of a slip, fixed when it is issued: time to pay, clocks, and the number's rest."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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


@dataclass(frozen=True)
class Periods:
    """The lengths of a confirmed hold's clocks, fixed when the slip is issued (decision 0013)."""

    collection: timedelta
    """An order on receipt: until the courier has the parcel, or the store has it ready."""
    delivery: timedelta
    """From the courier's hand to the customer's, if nothing is paid yet."""
    pickup_days: int
    """Working days that a SIM waits at a store."""


@dataclass(frozen=True)
class Rest:
    """The rest of a number after its hold, so that it is not passed around."""

    ordinary: timedelta
    longer: timedelta
    longer_classes: frozenset[str]

    def of(self, price_class: str) -> timedelta:
        """Return how long a number of a class rests."""
        return self.longer if price_class in self.longer_classes else self.ordinary


@dataclass(frozen=True)
class Terms:
    """The terms a slip is issued with, and keeps: time to pay, grace, rest and clocks."""

    payment_window: timedelta
    grace: timedelta
    rest: Rest
    periods: Periods


def end_of_working_day(start: datetime, *, after: int) -> datetime:
    """Return the midnight that ends the so-manieth working day after the day of `start`."""
    day = start.astimezone(VIETNAM).date()
    while after:
        day += timedelta(days=1)
        after -= day.isoweekday() < 6 and day not in HOLIDAYS  # noqa: PLR2004, Saturday
    return datetime.combine(day + timedelta(days=1), time(), VIETNAM)
