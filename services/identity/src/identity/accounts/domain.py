"""Customers and their registrations."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Literal
from uuid import UUID

from events import CustomerActivated, CustomerRegistered, PasswordChanged
from events.ids import uuid7
from identity.passwords.domain import Guess
from kit.errors import NotFound, Refused
from kit.sealing import Sealer


class Status(StrEnum):
    """The statuses of an account."""

    PENDING = "PENDING"
    ACTIVE = "ACTIVE"


NEXT: Final[dict[Status, set[Status]]] = {
    Status.PENDING: {Status.ACTIVE},
    Status.ACTIVE: set(),
}


class NoSuchRegistration(NotFound):
    """There is no such registration: start again."""


class AlreadyActive(Refused):
    """The account is open already: log in."""


@dataclass(kw_only=True, eq=False)
class Customer:
    """A person with an account, or about to have one. Each method returns its event."""

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
        """Return the event that an account was asked for (F1.8)."""
        return CustomerRegistered(occurred_at=self.created_at, subject_id=self.id)

    def activate(self, password_hash: str, sealed: bytes, *, now: datetime) -> CustomerActivated:
        """Open the account with the password and the profile of its registration (F1.12)."""
        self._move_to(Status.ACTIVE)
        self.password_hash, self.sealed, self.activated_at = password_hash, sealed, now
        return CustomerActivated(occurred_at=now, subject_id=self.id)

    def change_password(
        self, password_hash: str, *, because: Literal["CHANGE", "RESET"], now: datetime
    ) -> PasswordChanged:
        """Take another password (F2.11)."""
        self.password_hash = password_hash
        return PasswordChanged(occurred_at=now, subject_id=self.id, because=because)

    def profile(self, sealer: Sealer) -> dict[str, Any]:
        """Open the sealed phone, name and e-mail address."""
        profile: dict[str, Any] = sealer.open_json(self.sealed, about=str(self.id))
        return profile

    def guess(self, address: str, sealer: Sealer) -> Guess:
        """Name a guess of this account's password from an address."""
        return Guess.of(f"customer:{self.profile(sealer)['phone']}", address, sealer)

    def _move_to(self, status: Status) -> None:
        if status not in NEXT[self.status]:
            raise AlreadyActive
        self.status = status


@dataclass(kw_only=True, eq=False)
class Registration:
    """A form that waits for the code of its phone (F1.5).

    The password is kept here until the code comes back: a stranger who knows a phone cannot have
    a password of their own activated by the owner's code.
    """

    id: UUID = field(default_factory=uuid7)
    phone_index: str
    sealed: bytes
    password_hash: str
    created_at: datetime
