"""One attempt of a person to prove who they are."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

UNKNOWN: Final = UUID(int=0)


@dataclass(frozen=True, order=True)
class Check:
    """One attempt of a kyc session; of two, the later one is the greater."""

    session_id: UUID
    """UUIDv7: a session opened later has the greater id."""
    attempt: int

    def named(self) -> dict[str, Any]:
        """Return the check as events name it; one heard before sessions were kept has no name."""
        known = self.session_id != UNKNOWN
        return {"session_id": self.session_id, "attempt": self.attempt} if known else {}
