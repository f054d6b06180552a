"""The serial printed on a SIM card: a whole ICCID, or a part of one."""

import re
from typing import Annotated, Final

from pydantic import Field

from values.digits import parse_digits, read_by
from values.errors import BadValue

SHORTEST: Final = 10
LONGEST: Final = 20
_WHOLE: Final = re.compile(r"89[0-9]{17,18}")


def parse_sim_serial(text: str) -> str:
    """Return 10 to 20 digits; a whole ICCID (89…, 19 or 20 digits) ends with its check digit."""
    serial = parse_digits(text, code="SIM_SERIAL_INVALID")
    if not SHORTEST <= len(serial) <= LONGEST:
        raise BadValue("SIM_SERIAL_INVALID", f"has not {SHORTEST} to {LONGEST} digits")
    if _WHOLE.fullmatch(serial) and not luhn(serial):
        raise BadValue("SIM_SERIAL_MISREAD", "has a digit that was misread")
    return serial


def luhn(digits: str) -> bool:
    """Tell whether the last digit checks the others (ISO/IEC 7812)."""
    doubled = [int(d) * 2 for d in digits[-2::-2]]
    plain = [int(d) for d in digits[-1::-2]]
    return (sum(plain) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0  # noqa: PLR2004


SimSerial = Annotated[
    str,
    Field(pattern=r"^[0-9]{10,20}$", examples=["8984012345678901234"]),
    read_by(parse_sim_serial),
]
