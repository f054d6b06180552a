"""Nationalities by the three letters of ISO 3166, as in machine-readable zones."""

import re
from typing import Annotated, Final

from pydantic import Field

from values.digits import read_by
from values.errors import BadValue
from values.names import plain_key

VIETNAM: Final = "VNM"
_VIETNAM: Final = frozenset({"VNM", "VN", "VIET NAM", "VIETNAM", "VIETNAMESE"})


def parse_nationality(text: str) -> str:
    """Read the three letters; Viet Nam also by its two letters and by its name."""
    key = plain_key(text)
    if key in _VIETNAM:
        return VIETNAM
    if not re.fullmatch(r"[A-Z]{3}", key):
        raise BadValue("NATIONALITY_INVALID", "is not a nationality in three letters")
    return key


Nationality = Annotated[
    str, Field(pattern=r"^[A-Z]{3}$", examples=[VIETNAM]), read_by(parse_nationality)
]
