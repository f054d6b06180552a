"""Where a session can stand, and how it says no."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from kit.errors import Conflict, Invalid, NotFound

ImageKind = Literal["FRONT", "BACK", "PORTRAIT"]
IMAGES: Final[tuple[ImageKind, ...]] = ("FRONT", "BACK", "PORTRAIT")


class Status(StrEnum):
    """Where a session stands."""

    DRAFT = "DRAFT"
    KYC_CHECKING = "KYC_CHECKING"
    KYC_FAILED = "KYC_FAILED"
    KYC_PASSED = "KYC_PASSED"
    NEEDS_REVIEW = "NEEDS_REVIEW"
    CLOSED = "CLOSED"


NEXT: Final[dict[Status, set[Status]]] = {
    Status.DRAFT: {Status.KYC_CHECKING, Status.CLOSED},
    Status.KYC_CHECKING: {
        Status.KYC_PASSED,
        Status.KYC_FAILED,
        Status.NEEDS_REVIEW,
        Status.CLOSED,
    },
    # A store decides about what it sees; everybody else is checked again.
    Status.KYC_FAILED: {Status.KYC_CHECKING, Status.KYC_PASSED, Status.CLOSED},
    Status.KYC_PASSED: {Status.DRAFT, Status.CLOSED},  # a later step found fault, or time went by
    Status.NEEDS_REVIEW: {Status.KYC_PASSED, Status.KYC_FAILED, Status.CLOSED},
    Status.CLOSED: set(),
}
EDITABLE: Final = (Status.DRAFT, Status.KYC_FAILED)


@dataclass(eq=False)
class NoSuchSession(NotFound):
    """This session does not exist."""


@dataclass(eq=False)
class NothingSent(NotFound):
    """Nothing of this kind was sent for verification."""


@dataclass(eq=False)
class SessionMoved(Conflict):
    """This session can no longer change that way."""

    session_id: UUID
    state: Status


@dataclass(eq=False)
class Incomplete(Conflict):
    """Declare and photograph everything first."""

    missing: tuple[str, ...]


@dataclass(eq=False)
class TooManyAttempts(Conflict):
    """Too many attempts: go to a store, or try again later."""

    attempts_left: int = 0
    repeat: str = "STORE"


@dataclass(eq=False)
class NotPassed(Conflict):
    """The identity check has not been passed yet."""

    state: Status


@dataclass(eq=False)
class WrongCaptureTime(Invalid):
    """The picture must have been taken within the last day, by a clock that is right."""

    captured_at: datetime
