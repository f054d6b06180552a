"""Customers, and what it takes to become one or to get a forgotten password back."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from events import CustomerActivated, CustomerRegistered, PasswordChanged
from events.ids import uuid7
from kit.errors import Invalid, NotFound, Refused


class Status(StrEnum):
    """Where an account stands."""

    PENDING = "PENDING"
    ACTIVE = "ACTIVE"


NEXT: Final[dict[Status, set[Status]]] = {
    Status.PENDING: {Status.ACTIVE},
    Status.ACTIVE: set(),
}


class NoSuchRegistration(NotFound):
    """There is no such registration: start again."""


class NoSuchReset(NotFound):
    """There is no such password reset: start again."""


class ResetOver(Refused):
    """The time to choose a new password is over: start again."""


class PasswordsDiffer(Invalid):
    """The two passwords are not the same: type them again.

    F2.10.
    """


class AlreadyActive(Refused):
    """The account is open already: log in."""


@dataclass(kw_only=True, eq=False)
class Customer:
    """Somebody with an account, or about to have one. Each method returns the fact it made true."""

    id: UUID = field(default_factory=uuid7)
    phone_index: str
    sealed: bytes
    """Phone, name and e-mail address, for this service's eyes only."""
    locale: str = "vi"
    password_hash: str | None = None
    status: Status = Status.PENDING
    created_at: datetime
    activated_at: datetime | None = None

    def registered(self) -> CustomerRegistered:
        """Say that somebody asked for an account (F1.8)."""
        return CustomerRegistered(occurred_at=self.created_at, subject_id=self.id)

    def activate(self, password_hash: str, sealed: bytes, *, now: datetime) -> CustomerActivated:
        """Open the account with what was entered along with the right code (F1.12)."""
        self._move_to(Status.ACTIVE)
        self.password_hash, self.sealed, self.activated_at = password_hash, sealed, now
        return CustomerActivated(occurred_at=now, subject_id=self.id)

    def change_password(
        self, password_hash: str, *, because: Literal["CHANGE", "RESET"], now: datetime
    ) -> PasswordChanged:
        """Take another password (F2.11)."""
        self.password_hash = password_hash
        return PasswordChanged(occurred_at=now, subject_id=self.id, because=because)

    def _move_to(self, status: Status) -> None:
        if status not in NEXT[self.status]:
            raise AlreadyActive
        self.status = status


@dataclass(kw_only=True, eq=False)
class Registration:
    """What somebody entered at registration, waiting for the code (F1.5).

    It keeps the password until the code comes back, so that nobody who merely knows a phone can
    have a password of theirs activated by its owner's code.
    """

    id: UUID = field(default_factory=uuid7)
    phone_index: str
    sealed: bytes
    password_hash: str
    created_at: datetime


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
        """Refuse whoever has not shown the code, or comes too late."""
        if self.token_digest is None or self.token_expires_at is None:
            raise ResetOver
        right = hmac.compare_digest(self.token_digest, token_digest)
        if not right or now >= self.token_expires_at:
            raise ResetOver
