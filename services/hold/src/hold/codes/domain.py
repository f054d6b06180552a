"""A hold code: `GS`, the day in Vietnam, five random characters and one that checks the others.

The alphabet is Crockford's: no I, L, O or U, so that it survives being read aloud and written down.
"""

import re
import secrets
from datetime import datetime
from typing import Final

from kit.clock import VIETNAM

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 14
RANDOM_CHARACTERS: Final = 5
_MISREAD: Final = str.maketrans("OIL", "011")


def new_code(now: datetime) -> str:
    """Make a code nobody can guess."""
    random = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    body = f"{now.astimezone(VIETNAM):%y%m%d}{random}"
    return f"GS{body}{check_character(body)}"


def check_character(body: str) -> str:
    """Return the last character (ISO 7064, hybrid): one wrong character is always noticed."""
    size = len(ALPHABET)
    state = size
    for character in body:
        state = (state + ALPHABET.index(character)) % size or size
        state = state * 2 % (size + 1)
    return ALPHABET[(1 - state) % size]


def read_code(text: str) -> str | None:
    """Read a code as people write it; nothing if it cannot be one."""
    code = re.sub(r"[\s\-.]", "", text.upper())
    body = code[2:].translate(_MISREAD)
    if len(code) != LENGTH or not code.startswith("GS") or not set(body) <= set(ALPHABET):
        return None
    return f"GS{body}" if check_character(body[:-1]) == body[-1] else None


def in_groups(code: str) -> str:
    """Set a code apart so that it can be read aloud: `GS 261102 7KM 3QX`."""
    return f"{code[:2]} {code[2:8]} {code[8:11]} {code[11:]}"
