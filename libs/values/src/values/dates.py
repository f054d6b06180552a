"""Plain dates: the day on a document or a calendar, without a clock."""

import re
from datetime import date
from typing import Annotated, Final

from pydantic import BeforeValidator

from values.digits import ascii_digits
from values.errors import BadValue
from values.texts import half_width, visible

EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2100, 12, 31)


def parse_date(text: str) -> date:
    """Read `1999-03-15`; a moment, a week or a day number is none."""
    written = ascii_digits(half_width(visible(text))).strip()
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
            raise ValueError  # noqa: TRY301, one refusal for everything
        day = date.fromisoformat(written)
    except ValueError:
        raise BadValue("DATE_INVALID", "is not a day as in 1999-03-15") from None
    return _bounded(day)


def age_on(day: date, born: date) -> int:
    """Return how many birthdays there have been by a day; of 29 February, on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _bounded(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise BadValue("DATE_INVALID", f"is not between {EARLIEST} and {LATEST}")
    return day


def _read(given: object) -> date:
    if isinstance(given, str):
        return parse_date(given)
    if type(given) is date:
        return _bounded(given)
    raise BadValue("DATE_INVALID", "is not a day as in 1999-03-15")


PlainDate = Annotated[date, BeforeValidator(_read)]
