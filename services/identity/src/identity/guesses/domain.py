"""A guess of a password, and the limits that stop the next one (G13)."""

from dataclasses import dataclass

from kit.errors import TooManyRequests
from kit.sealing import Sealer


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
