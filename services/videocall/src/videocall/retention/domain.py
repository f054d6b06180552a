"""The classes of retention (LAW12; domain rules, part 2.3), and a legal hold over a journey."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID


class RetentionClass(StrEnum):
    """The classes of evidence by what has become of the journey."""

    CONNECTED = "R1"
    """The number is connected: kept for the life of the subscription and two years after it."""
    UNCONNECTED = "R2"
    """The journey ended without a connection: kept for 30 days after its end."""
    SUSPECTED = "R2-FRAUD"
    """As R2, but somebody doubted the person: kept for two years after the journey's end."""


class Ground(StrEnum):
    """The grounds on which evidence is kept though its customer asked to be forgotten (LAW12)."""

    LEGAL_HOLD = "LEGAL_HOLD"
    CONNECTED = "CONNECTED"
    """The proof of a subscriber is kept by law."""
    SUSPECTED = "SUSPECTED"
    OPEN = "OPEN"
    """The journey goes on: the evidence is erased as soon as it ends without a connection."""


SUSPICIONS: Final = ("FACE_MISMATCH", "IDENTITY_DOUBT", "COERCION_SUSPECTED", "LIVENESS_FAILED")
"""Reasons of rejections that doubt the person."""


@dataclass(kw_only=True, eq=False)
class LegalHold:
    """A word that the evidence of a journey is kept whatever its class says, until it is lifted.

    The access log has who placed and lifted it.
    """

    hold_id: UUID
    reason_code: str
    placed_by: UUID
    placed_at: datetime
    lifted_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Tell whether it has not been lifted."""
        return self.lifted_at is None

    def place(self, reason_code: str, manager_id: UUID, *, now: datetime) -> None:
        """Let it stand again, for another reason."""
        self.reason_code, self.placed_by, self.placed_at = reason_code, manager_id, now
        self.lifted_at = None
