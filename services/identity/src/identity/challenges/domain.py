"""A challenge: proof that a phone is at hand, for one purpose of another service."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from events.ids import uuid7
from kit.errors import NotFound

AUDIENCE: Final = "phone-proof"

ChallengePurpose = Literal["CLAIM", "SIGN", "LOOKUP"]
"""Claiming a channel's slip (P3.3), signing the dossier (F5a.9), looking a slip up (G11)."""


class NoSuchChallenge(NotFound):
    """There is no such challenge: start again."""


@dataclass(kw_only=True, eq=False)
class Challenge:
    """A phone that a caller says is theirs."""

    id: UUID = field(default_factory=uuid7)
    phone_index: str
    sealed: bytes
    purpose: ChallengePurpose
    created_at: datetime
