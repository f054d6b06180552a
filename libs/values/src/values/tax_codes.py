"""Tax codes (mã số thuế) of an invoice's buyer."""

import re
from typing import Annotated, Final

from pydantic import Field

from values.digits import ascii_digits, read_by
from values.errors import BadValue
from values.id_numbers import LENGTH, parse_id_number
from values.texts import visible

_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_CODE: Final = re.compile(r"([0-9]{10})(?:-?([0-9]{3}))?")


def parse_tax_code(text: str) -> str:
    """Return ten digits, those with a branch (`0100686209-002`), or a person's twelve.

    The tenth digit checks the nine before. Since July 2025 a person is taxed under the personal
    number.
    """
    written = re.sub(r"[\s.]", "", ascii_digits(visible(text))).replace("\u2013", "-")
    if len(written) == LENGTH:
        return parse_id_number(written)
    match = _CODE.fullmatch(written)
    if match is None or not _checks(match[1]) or match[2] == "000":
        raise BadValue("TAX_CODE_INVALID", "is not a Vietnamese tax code")
    return f"{match[1]}-{match[2]}" if match[2] else match[1]


def _checks(ten: str) -> bool:
    weighed = sum(w * int(d) for w, d in zip(_WEIGHTS, ten, strict=False))
    return 10 - weighed % 11 == int(ten[9])


TaxCode = Annotated[
    str,
    Field(pattern=r"^[0-9]{10}(-[0-9]{3})?$|^[0-9]{12}$", examples=["0100686209-002"]),
    read_by(parse_tax_code),
]
