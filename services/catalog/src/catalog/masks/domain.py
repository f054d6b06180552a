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
        """Read what somebody typed; without a wildcard or a country code it may stand anywhere."""
        typed = ascii_digits(half_width(visible(text))).lower().replace("x", "?")
        mask = re.sub(r"\*+", "*", re.sub(r"[\s.\-()]", "", typed))
        mask, from_the_start = _at_home(mask)
        fixed = len(mask) - mask.count("*")
        few = len(re.findall("[0-9]", mask)) < FEWEST_DIGITS
        if few or fixed > DIGITS_OF_A_NUMBER or not re.fullmatch(r"[0-9?*]+", mask):
            raise MaskInvalid(text[:40])
        if fixed < DIGITS_OF_A_NUMBER and "*" not in mask:
            mask = f"{mask}*" if from_the_start else f"*{mask}*"
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


def _at_home(mask: str) -> tuple[str, bool]:
    """Put 0 in place of the country code, if that is what stands in front; tell whether it was.

    No number begins with 84 at home, so that a mask of its start, or of all of it, means abroad.
    """
    found = re.fullmatch(r"(?:\+|00)84(.*)", mask)
    whole = len(mask) - mask.count("*") > DIGITS_OF_A_NUMBER
    if found is None and ("*" in mask or whole):
        found = re.fullmatch(r"84(.*)", mask)
    return (f"0{found[1].removeprefix('0')}", True) if found else (mask.removeprefix("+"), False)


def _digits_first(pattern: str) -> int:
    return len(pattern) - len(pattern.lstrip("0123456789"))
