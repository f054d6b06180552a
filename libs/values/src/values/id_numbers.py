"""Personal numbers (số định danh): 12 digits that say where, when and as what one was born.

`PPP C YY NNNNNN`: the province or country that registered the birth, century and sex, the year, and
six digits of chance. There is no check digit: a number can be well-formed and nobody's.
"""

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from values.digits import parse_digits, read_by
from values.errors import BadValue
from values.sexes import Sex

LENGTH: Final = 12
FIRST_COUNTRY: Final = "100"
"""From here on the code names the country where a birth was registered."""
PROVINCES: Final = frozenset(
    f"{code:03}"
    for code in (
        *(1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33),
        *(34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64),
        *(66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94),
        *(95, 96),
    )
)
"""The 63 provinces of before July 2025; the merger renumbered nobody and kept codes of these."""


def parse_id_number(text: str) -> str:
    """Return the 12 digits of a personal number that some province or country can have given."""
    number = parse_digits(text, LENGTH, code="ID_NUMBER_INVALID")
    if number[:3] not in PROVINCES and number[:3] < FIRST_COUNTRY:
        raise BadValue("ID_NUMBER_INVALID", "does not begin with the code of a province")
    return number


def birth_year_of(id_number: str) -> int:
    """Return the year of birth that a personal number carries."""
    return 1900 + 100 * (int(id_number[3]) // 2) + int(id_number[4:6])


def sex_of(id_number: str) -> Sex:
    """Return the sex that a personal number carries."""
    return "FEMALE" if int(id_number[3]) % 2 else "MALE"


def check_owner(id_number: str, *, born: date | None, sex: Sex | None) -> None:
    """Refuse a number that cannot belong to a person of this birth date and sex, where known."""
    if (born and born.year != birth_year_of(id_number)) or (sex and sex != sex_of(id_number)):
        raise BadValue("ID_NUMBER_MISMATCH", "does not fit the date of birth or the sex")


IdNumber = Annotated[
    str,
    Field(pattern=r"^[0-9]{12}$", examples=["001199012345"]),
    read_by(parse_id_number),
]
