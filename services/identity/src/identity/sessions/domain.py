"""Sessions and their refresh tokens: a family in which each token replaces the one before."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from events import SessionEnded
from events.ids import uuid7
from kit.errors import Refused, Unauthenticated
from values.clients import ClientKind


class LoginRefused(Unauthenticated):
    """Name or password is not right: try again, or choose "forgotten password".

    F1.17; offering both ways on is deliberate (G14).
    """


class WrongPassword(Refused):
    """The present password is not right."""


class SessionOver(Unauthenticated):
    """The session is over: sign in again."""


class SessionKind(StrEnum):
    """The two kinds of people who sign in."""

    CUSTOMER = "customer"
    STAFF = "staff"


@dataclass(frozen=True)
class Credential:
    """A subject that may sign in, and the hash that its password is checked against."""

    subject_id: UUID
    kind: SessionKind
    password_hash: str


class Refresh(StrEnum):
    """The verdicts on a refresh token that is presented."""

    GRANTED = "GRANTED"
    REFUSED = "REFUSED"
    STOLEN = "STOLEN"


@dataclass(kw_only=True, eq=False)
class Session:
    """A subject signed in on one device."""

    id: UUID = field(default_factory=uuid7)
    subject_id: UUID
    kind: SessionKind
    client: ClientKind
    """The program signed in with, as it says itself; the newest word counts."""
    address: str | None = None
    """Keyed fingerprint of the address it was opened from: its owner is known there."""
    created_at: datetime
    ended_at: datetime | None = None
    ended_because: str | None = None

    def end(self, because: str, *, now: datetime) -> SessionEnded | None:
        """Let this session open nothing any more; there is no event when it had ended."""
        if self.ended_at is not None:
            return None
        self.ended_at, self.ended_because = now, because
        return SessionEnded(occurred_at=now, subject_id=self.subject_id, session_id=self.id)

    def closes_at(self, working_day: timedelta) -> datetime | None:
        """Return when the session is over whatever happens: staff sign in every working day."""
        return self.created_at + working_day if self.kind is SessionKind.STAFF else None


@dataclass(kw_only=True, eq=False)
class RefreshToken:
    """One token of a session; only its digest is kept."""

    digest: str
    session_id: UUID
    issued_at: datetime
    expires_at: datetime
    replaced_at: datetime | None = None

    def present(
        self, session: Session, *, grace: timedelta, working_day: timedelta, now: datetime
    ) -> Refresh:
        """Judge a token that is presented; a replaced one that comes late was stolen."""
        closes_at = session.closes_at(working_day)
        if session.ended_at or now >= min(self.expires_at, closes_at or self.expires_at):
            return Refresh.REFUSED
        if self.replaced_at is None:
            self.replaced_at = now
            return Refresh.GRANTED
        return Refresh.GRANTED if now <= self.replaced_at + grace else Refresh.STOLEN


def new_secret() -> str:
    """Make up an opaque token."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return the digest that is kept of a token; it has too many bits to be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()
