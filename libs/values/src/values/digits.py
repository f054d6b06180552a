r"""Digits. `\d` and `str.isdigit` accept those of every script; a code is compared in ASCII."""

import unicodedata
from collections.abc import Callable
from typing import Annotated, Final

from pydantic import BeforeValidator, Field

from values.errors import BadValue
from values.texts import visible

OTP_LENGTH: Final = 6
_BETWEEN: Final = frozenset(" .-\u00a0\u2009\u202f\u2010\u2011\u2012\u2013")
"""Separators that people put between groups of digits."""


def ascii_digits(text: str) -> str:
    """Write decimal digits of every script as 0 to 9; nothing else is changed."""
    return "".join(str(unicodedata.decimal(c, c)) for c in text)


def parse_digits(text: str, *lengths: int, code: str = "DIGITS_INVALID") -> str:
    """Read digits as people type and paste them, in groups or not; any length if none is named."""
    digits = "".join(c for c in ascii_digits(visible(text)).strip() if c not in _BETWEEN)
    if not (digits.isascii() and digits.isdecimal()) or (lengths and len(digits) not in lengths):
        many = " or ".join(map(str, lengths))
        raise BadValue(code, f"is not a number of {many} digits" if many else "is not a number")
    return digits


def parse_otp(text: str) -> str:
    """Read the six digits of a one-time code."""
    return parse_digits(text, OTP_LENGTH, code="CODE_INVALID")


def read_by(parse: Callable[[str], str]) -> BeforeValidator:
    """Let a model read a text before the shape in its schema is compared; others pass through."""
    return BeforeValidator(lambda given: parse(given) if isinstance(given, str) else given)


Otp = Annotated[str, Field(pattern=r"^[0-9]{6}$", examples=["123456"]), read_by(parse_otp)]
