"""Passwords: hashed with argon2id off the event loop; guesses of one, and their limit (G13)."""

import asyncio
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from pydantic import BaseModel, Field, SecretStr

from kit.errors import TooManyRequests
from kit.sealing import Sealer
from values.digits import read_by
from values.errors import BadValue
from values.passwords import normal_password

# One lane of 19 MiB, twice: what OWASP asks of a server that many people sign in to at once. A hash
# says how it was made, so stronger settings later leave old passwords working.
_hasher: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_unmatchable: Final = _hasher.hash("nobody has this password")

Password = Annotated[SecretStr, Field(min_length=8, max_length=128), read_by(normal_password)]
GivenPassword = Annotated[SecretStr, Field(min_length=1, max_length=512)]
"""A password that is only compared: whether it would be good enough today does not matter."""


class ChangePassword(BaseModel):
    """The present password and the next one."""

    current: GivenPassword
    password: Password


@dataclass(eq=False)
class TooManyLogins(TooManyRequests):
    """Too many wrong passwords were tried from here: wait, or choose "forgotten password"."""

    retry_after_seconds: int


@dataclass(frozen=True)
class Guess:
    """A password that is tried for an account from an address, both as keyed fingerprints."""

    account: str
    address: str
    both: str

    @classmethod
    def of(cls, account: str, address: str, sealer: Sealer) -> "Guess":
        """Name a guess: `Guess.of("staff:agent1", "203.0.113.7", sealer)`."""
        return cls(
            sealer.blind_index(account),
            sealer.blind_index(f"address:{address}"),
            sealer.blind_index(f"{account}@{address}"),
        )


async def hashed(password: SecretStr) -> str:
    """Hash a password for keeping."""
    return await asyncio.to_thread(_hasher.hash, normal_password(password.get_secret_value()))


async def matches(password_hash: str | None, password: SecretStr) -> bool:
    """Compare a password with a kept hash; without one it takes just as long, and is wrong."""
    right = await asyncio.to_thread(_verify, password_hash or _unmatchable, password)
    return right and password_hash is not None


def are_same(password: SecretStr, again: SecretStr) -> bool:
    """Tell whether a password was typed twice, on whatever keyboards."""
    return next(_forms(password)) == next(_forms(again))


def _verify(password_hash: str, password: SecretStr) -> bool:
    return any(_is_of(password_hash, form) for form in _forms(password))


def _is_of(password_hash: str, text: str) -> bool:
    try:
        return _hasher.verify(password_hash, text)
    except VerificationError:
        return False


def _forms(password: SecretStr) -> Iterator[str]:
    """Give the form that is hashed, then those that were hashed when every form was kept."""
    typed = password.get_secret_value()
    try:
        normal = normal_password(typed)
    except BadValue:  # was a password once, and may still be given
        normal = typed
    yield from dict.fromkeys((normal, typed, unicodedata.normalize("NFD", normal)))
