"""Passwords: hashed with argon2id, slowly, and away from the event loop."""

import asyncio
from typing import Annotated, Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from pydantic import BaseModel, Field, SecretStr

# One lane of 19 MiB, twice: what OWASP asks of a server that many people sign in to at once. A hash
# says how it was made, so stronger settings later leave old passwords working.
_hasher: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobodys: Final = _hasher.hash("nobody has this password")

Password = Annotated[SecretStr, Field(min_length=8, max_length=128)]
GivenPassword = Annotated[SecretStr, Field(min_length=1, max_length=128)]
"""A password that is only compared: whether it would be good enough today does not matter."""


class ChangePassword(BaseModel):
    """The present password and the next one."""

    current: GivenPassword
    password: Password


async def hashed(password: SecretStr) -> str:
    """Hash a password for keeping."""
    return await asyncio.to_thread(_hasher.hash, password.get_secret_value())


async def matches(password_hash: str | None, password: SecretStr) -> bool:
    """Compare a password with a kept hash; without one it takes just as long, and is wrong."""
    right = await asyncio.to_thread(_verify, password_hash or _nobodys, password)
    return right and password_hash is not None


def _verify(password_hash: str, password: SecretStr) -> bool:
    try:
        return _hasher.verify(password_hash, password.get_secret_value())
    except VerificationError:
        return False
