"""A forgotten password on its way to a new one (flow 2)."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from events.ids import uuid7
from kit.errors import Invalid, NotFound, Refused


class NoSuchReset(NotFound):
    """There is no such password reset: start again."""


class ResetOver(Refused):
    """The time to choose a new password is over: start again."""


class PasswordsDiffer(Invalid):
    """The two passwords are not the same: type them again.

    F2.10.
    """


@dataclass(kw_only=True, eq=False)
class Reset:
    """A forgotten password on its way to a new one (flow 2)."""

    id: UUID = field(default_factory=uuid7)
    phone_index: str
    sealed: bytes
    created_at: datetime
    token_digest: str | None = None
    token_expires_at: datetime | None = None
    finished_at: datetime | None = None

    def prove(self, token_digest: str, *, now: datetime, ttl: timedelta) -> None:
        """Let the holder of a token choose the new password: the code was right (F2.7)."""
        self.token_digest, self.token_expires_at = token_digest, now + ttl

    def admit(self, token_digest: str, *, now: datetime) -> None:
        """Refuse a caller who has not shown the code, or comes too late."""
        if self.token_digest is None or self.token_expires_at is None:
            raise ResetOver
        right = hmac.compare_digest(self.token_digest, token_digest)
        if not right or now >= self.token_expires_at:
            raise ResetOver
