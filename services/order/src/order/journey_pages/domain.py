"""The texts by which a member of staff may find a journey."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from values.digits import ascii_digits
from values.errors import BadValue
from values.hold_codes import parse_hold_code
from values.phones import parse_phone
from values.texts import half_width, tidy, visible

FEWEST_DIGITS: Final = 4
"""Fewer last digits of a number would find too many."""
MOST_DIGITS: Final = 9
_BETWEEN: Final = re.compile(r"[\s.\-]")


@dataclass
class Terms:
    """A text read in every way it can be meant: an id, a hold code, a number, a part of one."""

    ids: list[UUID] = field(default_factory=list)
    hold_code: str | None = None
    msisdn: str | None = None
    first_digits: str | None = None
    last_digits: str | None = None

    def __bool__(self) -> bool:
        """Tell whether the text means anything that can be looked for."""
        digits = self.msisdn or self.first_digits or self.last_digits
        return bool(self.ids or self.hold_code or digits)


def read_terms(text: str) -> Terms:
    """Read what was typed or scanned; nothing that could be looked for is no error."""
    terms = Terms()
    typed = _BETWEEN.sub("", ascii_digits(half_width(visible(tidy(text)))))
    try:
        terms.ids.append(UUID(typed))
    except ValueError:
        pass
    else:
        return terms
    with suppress(BadValue):
        terms.hold_code = parse_hold_code(text)
    try:
        terms.msisdn = parse_phone(text)
    except BadValue:
        if typed.isdigit() and FEWEST_DIGITS <= len(typed) <= MOST_DIGITS:
            terms.last_digits = typed
            # Of the 0 in front and at least four more digits: a number that is being typed.
            is_begun = typed.startswith("0") and len(typed) > FEWEST_DIGITS
            terms.first_digits = f"84{typed[1:]}" if is_begun else None
    return terms
