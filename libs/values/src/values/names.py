"""The name of a person, as on the identity document."""

import re
import unicodedata
from typing import Annotated, Final

from pydantic import Field

from values.digits import read_by
from values.errors import BadValue
from values.texts import half_width, tidy

LONGEST: Final = 100
FEWEST_LETTERS: Final = 2
MARKS_ON_A_LETTER: Final = 3
# Keyboards without Vietnamese give the Icelandic or the African letter, which look the same.
_SAME_LETTER: Final = str.maketrans("ÐðƉɖ’ʼ‘ʻ`´′", "ĐđĐđ'''''''")
_LETTER: Final = rf"[^\W\d_][\u0300-\u036f]{{0,{MARKS_ON_A_LETTER}}}"
_WORD: Final = rf"(?:{_LETTER})+(?:['.\-](?:{_LETTER})+)*"
_NAME: Final = re.compile(rf"{_WORD}(?: {_WORD})*")


def parse_name(text: str) -> str:
    """Return a name in its one spelling: composed, single spaces, straight apostrophes, real Đ.

    The highlands write H'Hen, Y-Moan and letters without a composed form (ê̆, ơ̆), and some of
    their people have one word for a name.
    """
    name = _spelled(text)
    letters = [c for c in name if c.isalpha()]
    fine = len(letters) >= FEWEST_LETTERS and len(name) <= LONGEST and _NAME.fullmatch(name)
    if not fine or not all(unicodedata.name(c, "").startswith("LATIN ") for c in letters):
        raise BadValue("NAME_INVALID", "is not a name as on a Vietnamese document")
    return name


def plain_key(name: str) -> str:
    """Return a name in ASCII capitals, as the machine-readable zone of a card has it."""
    letters = unicodedata.normalize("NFD", _spelled(name).upper())
    bare = letters.replace("Đ", "D").replace("Ƀ", "B")
    return "".join(c for c in bare if not unicodedata.combining(c))


def _spelled(text: str) -> str:
    return tidy(half_width(text).translate(_SAME_LETTER))


PersonName = Annotated[
    str, Field(max_length=LONGEST, examples=["Nguyễn Thị Mẫu"]), read_by(parse_name)
]
