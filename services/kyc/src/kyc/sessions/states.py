"""The states of a session, its limits, its reasons to repeat a step, and its refusals."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from events.facts.kyc import FieldMatch
from kit.errors import Conflict, Invalid, NotFound

ImageKind = Literal["FRONT", "BACK", "PORTRAIT"]
Desk = Literal["REVIEW", "STORE"]
"""The desk at which a person decides: a reviewer's, or a store's."""
Decided = Literal["PASS", "FAIL", "REOPEN"]
"""The decisions of a person about a case."""
IMAGES: Final[tuple[ImageKind, ...]] = ("FRONT", "BACK", "PORTRAIT")


class Status(StrEnum):
    """The state of a session."""

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


Fields = dict[str, FieldMatch]
"""The verdict on each of the four fields that the law compares (LAW05)."""


@dataclass(frozen=True)
class Limits:
    """The failures allowed: three in a row, then a person decides; five a day (G27)."""

    in_a_row: int = 3
    a_day: int = 5


@dataclass(frozen=True)
class Failures:
    """The failures of one customer's session and of its document, whichever are more."""

    in_a_row: int = 0
    """Since the document passed or a person decided about it."""
    today: int = 0
    """Within 24 hours, since a person allowed another try."""
    under_way: int = 0
    """Attempts with the same document whose verdict is still to come."""

    def and_one_more(self) -> "Failures":
        """Count the failure that was stated just now."""
        return Failures(self.in_a_row + 1, self.today + 1)

    def left(self, limits: Limits) -> int:
        """Return the number of attempts left before a person has to help."""
        # Who may try at all may try once: after that one a person looks, not before it.
        in_a_row = max(1, limits.in_a_row - self.in_a_row)
        return max(0, min(in_a_row, limits.a_day - self.today - self.under_way))


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
class DecidedAlready(Conflict):
    """A colleague has decided about this case; there is nothing left to decide."""

    decision: Decided
    decided_by: UUID
    decided_at: datetime


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
