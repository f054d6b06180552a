"""Moments from outside: bounded, so that every database and every offset can read them again.

`0001-01-01T00:00:00+07:00` is a moment for Python; in UTC it lies before the first year, and a
read of the row that keeps it raises, and with it the list of which it is a part.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime, BeforeValidator

from values.errors import BadValue

EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
CLOCK_TOLERANCE: Final = timedelta(minutes=5)
"""How wrong another's clock may be: a phone's, a courier's, a partner's, another machine's."""

_WRITTEN: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}.*", re.ASCII | re.DOTALL
)


def bounded(moment: datetime) -> datetime:
    """Return an aware moment of our time, or refuse it."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise BadValue("MOMENT_INVALID", "does not say how far from UTC its clock is")
    if not EARLIEST <= moment <= LATEST:
        raise BadValue("MOMENT_INVALID", f"is not between {EARLIEST.year} and {LATEST.year}")
    return moment


def not_in_future(moment: datetime, *, now: datetime) -> datetime:
    """Let another's clock be a little fast: such a moment counts as now; a later one is refused."""
    if moment > now + CLOCK_TOLERANCE:
        raise BadValue("MOMENT_IN_FUTURE", "has not come yet")
    return min(moment, now)


def not_before(fact: datetime, earlier: datetime) -> datetime:
    """Let another's clock be a little slow, but no fact lie before the one it follows."""
    if fact < earlier - CLOCK_TOLERANCE:
        raise BadValue("MOMENT_TOO_EARLY", "lies before what it follows")
    return max(fact, earlier)


def between(fact: datetime, earlier: datetime, *, now: datetime) -> datetime:
    """Place a fact that must be recorded whatever its clock said: after `earlier`, before now."""
    return min(max(fact, earlier), max(now, earlier))


def _written(given: object) -> str:
    if isinstance(given, str) and _WRITTEN.fullmatch(given):
        return given
    raise BadValue("MOMENT_INVALID", "is not a moment like 2026-11-22T14:15:00+07:00")


def _read(given: object) -> object:
    return given if isinstance(given, datetime) else _written(given)


Moment = Annotated[AwareDatetime, BeforeValidator(_read), AfterValidator(bounded)]
"""For everything that comes from outside, and for every event."""
