"""Free text that is printed, shown or sent on: an address, a note, the name of a company."""

import unicodedata
from typing import Annotated, Final

from pydantic import Field

from values.digits import read_by
from values.errors import BadValue
from values.texts import tidy

LONGEST: Final = 300
_UNPRINTABLE: Final = frozenset({"Cc", "Cs", "Co"})


def parse_label(text: str, *, longest: int = LONGEST) -> str:
    """Return one line that prints as it reads.

    Line breaks and tabs become spaces, and marks that cannot be seen are dropped (they can turn the
    text around them); a control character, half a character or one of private use is refused.
    """
    line = tidy(text)
    if any(unicodedata.category(c) in _UNPRINTABLE for c in line):
        raise BadValue("TEXT_INVALID", "has a character that cannot be printed")
    if not 0 < len(line) <= longest:
        raise BadValue("TEXT_INVALID", f"has not 1 to {longest} characters")
    return line


Label = Annotated[str, Field(min_length=1, max_length=LONGEST), read_by(parse_label)]
"""One line of at most 300 characters. A shorter one: `Annotated[Label, Field(max_length=100)]`."""
