"""A mask: digits, `?` or `x` for one digit, `*` for any run of digits (domain part 5.1)."""

import re
from dataclasses import dataclass
from typing import Final, Self

from kit.errors import Invalid
from values.digits import ascii_digits
from values.texts import half_width, visible

DIGITS_OF_A_NUMBER: Final = 10
FEWEST_DIGITS: Final = 2
PAIR: Final = 2


@dataclass(eq=False)
class MaskInvalid(Invalid):
    """This mask cannot be searched: two to ten digits, `?` for one, `*` for any."""

    mask: str


@dataclass(frozen=True)
class Mask:
    """A mask that was read, as a LIKE pattern over the ten national digits."""

    pattern: str

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what somebody typed; without a wildcard it may stand anywhere."""
        typed = half_width(visible(ascii_digits(text))).lower().replace("x", "?")
        mask = _at_home(re.sub(r"\*+", "*", re.sub(r"[\s.\-]", "", typed)))
        fixed, digits = len(mask) - mask.count("*"), len(re.findall("[0-9]", mask))
        if not re.fullmatch(r"[0-9?*]+", mask) or digits < FEWEST_DIGITS:
            raise MaskInvalid(text[:40])
        if fixed > DIGITS_OF_A_NUMBER:
            raise MaskInvalid(text[:40])
        if fixed < DIGITS_OF_A_NUMBER and "*" not in mask:
            mask = f"*{mask}*"
        return cls(mask.replace("?", "_").replace("*", "%"))

    @property
    def backwards(self) -> str:
        """Return the pattern for the number read from its end."""
        return self.pattern[::-1]

    @property
    def ends_clearer(self) -> bool:
        """Tell whether the end says more than the start, so that an index should begin there."""
        return _digits_first(self.backwards) > _digits_first(self.pattern)

    @property
    def pair(self) -> str | None:
        """Return the last two digits, if the end of the mask says just these."""
        known = _digits_first(self.backwards)
        return self.pattern[-2:] if known == PAIR and self.ends_clearer else None


def _at_home(mask: str) -> str:
    """Write a mask with a country code as one dialled at home: `+84931*` is `0931*`.

    No number begins with 84 at home, so that a mask which says how one begins means the country.
    """
    if mask.startswith(("+84", "0084")):
        return "0" + mask.removeprefix("+").removeprefix("00")[2:]
    whole = len(mask) == len("84") + DIGITS_OF_A_NUMBER - 1
    return "0" + mask[2:] if mask.startswith("84") and (whole or "*" in mask) else mask


def _digits_first(pattern: str) -> int:
    return len(pattern) - len(pattern.lstrip("0123456789"))
