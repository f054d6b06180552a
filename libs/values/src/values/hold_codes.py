"""A hold code: `GS`, the day in Vietnam, five random characters and one that checks the others.

The alphabet is Crockford's: no I, L, O or U, so that it survives being read aloud and written down.
"""

import re
from datetime import date
from typing import Annotated, Final

from pydantic import Field

from values.digits import ascii_digits, read_by
from values.errors import BadValue
from values.texts import half_width, visible

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 14
RANDOM_CHARACTERS: Final = 5
_MISREAD: Final = str.maketrans("OIL", "011")
_BETWEEN: Final = re.compile(r"[\s\-.\u2010-\u2015]")


def hold_code(day: date, random: str) -> str:
    """Put a code together from the day in Vietnam and five characters of the alphabet."""
    body = f"{day:%y%m%d}{random}"
    return f"GS{body}{check_character(body)}"


def check_character(body: str) -> str:
    """Return the last character (ISO 7064, hybrid): one wrong character is always noticed."""
    size = len(ALPHABET)
    state = size
    for character in body:
        state = (state + ALPHABET.index(character)) % size or size
        state = state * 2 % (size + 1)
    return ALPHABET[(1 - state) % size]


def parse_hold_code(text: str) -> str:
    """Read a code as people write it: O for 0, I or L for 1, small letters, in groups."""
    code = _BETWEEN.sub("", ascii_digits(half_width(visible(text))).upper())
    body = code[2:].translate(_MISREAD)
    fine = len(code) == LENGTH and code.startswith("GS") and set(body) <= set(ALPHABET)
    if not fine or check_character(body[:-1]) != body[-1]:
        raise BadValue("HOLD_CODE_INVALID", "is not a hold code: look at it again")
    return f"GS{body}"


def in_groups(code: str) -> str:
    """Set a code apart so that it can be read aloud: `GS 261102 7KM 3QX`."""
    return f"{code[:2]} {code[2:8]} {code[8:11]} {code[11:]}"


HoldCode = Annotated[
    str,
    Field(pattern=r"^GS[0-9A-HJKMNP-TV-Z]{12}$", examples=["GS2611027KM3QX"]),
    read_by(parse_hold_code),
]
