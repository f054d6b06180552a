"""New hold codes; what a code is and how one is read is told by `values.hold_codes`."""

import secrets
from datetime import datetime

from kit.clock import VIETNAM
from values.hold_codes import ALPHABET, RANDOM_CHARACTERS, hold_code


def new_code(now: datetime) -> str:
    """Make a code nobody can guess."""
    random = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return hold_code(now.astimezone(VIETNAM).date(), random)
