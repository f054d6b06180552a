"""Vietnamese mobile numbers as people write them, and the one way we keep them."""

import re
from typing import Annotated, Final

from pydantic import Field

from values.digits import ascii_digits, read_by
from values.errors import BadValue
from values.texts import half_width, visible

MOBIFONE: Final = frozenset({"070", "076", "077", "078", "079", "089", "090", "093"})
"""Prefixes of the numbers that the operator itself sells."""
PREFIXES: Final = MOBIFONE | {
    *(
        "032",
        "033",
        "034",
        "035",
        "036",
        "037",
        "038",
        "039",
        "086",
        "096",
        "097",
        "098",
    ),  # Viettel
    *("081", "082", "083", "084", "085", "088", "091", "094"),  # VinaPhone
    *("052", "056", "058", "092"),  # Vietnamobile
    *("059", "099"),  # Gmobile
    *("087", "055"),  # iTel, Wintel
}
"""Every mobile prefix of the numbering plan. A number may have moved to another network since."""

_BETWEEN: Final = re.compile(r"[\s.\-()/\u2010-\u2015\u2212\u00b7]")
_SHAPE: Final = re.compile(r"(?:(?:\+|00)?84)?0?([35789][0-9]{8})")
_NATIONAL: Final = re.compile(r"0?([35789][0-9]{8})")


def parse_phone(text: str) -> str:
    """Return E.164 digits without the plus sign: `84931266868`.

    Reads +84, 84, 084, 0084, 0 or nothing in front, `+84 (0)`, dots, dashes, brackets and spaces,
    full-width digits, and the invisible marks that come with a number from an address book.
    """
    written = _BETWEEN.sub("", ascii_digits(half_width(visible(text))))
    match = _NATIONAL.fullmatch(written) or _SHAPE.fullmatch(written.removeprefix("0"))
    match = match or _SHAPE.fullmatch(written)
    if match is None:
        raise BadValue("PHONE_INVALID", "is not a Vietnamese mobile number")
    if f"0{match[1][:2]}" not in PREFIXES:
        raise BadValue("PHONE_INVALID", "is not a number that a Vietnamese network gives out")
    return f"84{match[1]}"


def national(phone: str) -> str:
    """Write E.164 digits as they are dialled at home: `0931266868`."""
    return f"0{phone.removeprefix('84')}"


def in_groups(phone: str) -> str:
    """Write E.164 digits as people read them: `0931 266 868`."""
    dialled = national(phone)
    return f"{dialled[:4]} {dialled[4:7]} {dialled[7:]}"


Phone = Annotated[
    str,
    Field(
        pattern=f"^84({'|'.join(sorted(p[1:] for p in PREFIXES))})[0-9]{{7}}$",
        description="A Vietnamese mobile number; every usual way of writing one is read",
        examples=["84931266868"],
    ),
    read_by(parse_phone),
]
