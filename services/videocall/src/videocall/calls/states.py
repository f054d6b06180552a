"""A call's statuses and transitions, its reasons, errors and the evidence it is decided on."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, Final, Literal
from uuid import UUID

from kit.errors import Conflict, Invalid, NotFound, Refused

Repeat = Literal["EDIT", "PHOTO", "CALL", "STORE"]
PhotoKind = Literal["FRONT", "BACK", "FACE", "FACE_WITH_ID", "SIM"]
Still = tuple[PhotoKind, str]
"""A still of a call: its kind, and the fingerprint of the picture."""
NEEDED: Final[tuple[PhotoKind, ...]] = ("FACE", "FRONT", "BACK", "FACE_WITH_ID")
"""The photos without which nothing is approved."""
CHALLENGES: Final = "challenges"
"""The item that a call lacks while not every challenge that was drawn last is passed."""
RECORDING: Final = "recording"
"""The item that a call lacks which is not recorded, or not long enough, of both parties."""


class Status(StrEnum):
    """The status of a call; `NEXT` says which may follow."""

    QUEUED = "QUEUED"
    OFFERED = "OFFERED"
    """The call rings at an agent's desk; its place in the queue is kept meanwhile."""
    CONNECTING = "CONNECTING"
    """An agent has accepted; picture and sound are being connected."""
    IN_CALL = "IN_CALL"
    DROPPED = "DROPPED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    RETRY_NEEDED = "RETRY_NEEDED"
    ABANDONED = "ABANDONED"
    REVOKED = "REVOKED"


class Priority(IntEnum):
    """The order of answering before the time of arrival: the greater is answered first."""

    USUAL = 0
    APPOINTMENT = 1
    """The customer calls at the time that was promised."""
    RETURNING = 2
    """The customer was cut off without fault."""


WAITING: Final = (Status.QUEUED, Status.OFFERED)
IN_HAND: Final = (Status.CONNECTING, Status.IN_CALL, Status.DROPPED)
LIVE: Final = (*WAITING, *IN_HAND)
VERDICTS: Final = (Status.APPROVED, Status.REVOKED, Status.REJECTED)
"""Calls in which an agent has decided; an approval may have been taken back since."""

NEXT: Final[dict[Status, set[Status]]] = {
    Status.QUEUED: {Status.OFFERED, Status.RETRY_NEEDED, Status.ABANDONED},
    Status.OFFERED: {
        Status.QUEUED,
        Status.CONNECTING,
        Status.RETRY_NEEDED,
        Status.ABANDONED,
    },
    Status.CONNECTING: {Status.IN_CALL, Status.RETRY_NEEDED, Status.ABANDONED},
    Status.IN_CALL: {
        Status.APPROVED,
        Status.REJECTED,
        Status.DROPPED,
        Status.RETRY_NEEDED,
        Status.ABANDONED,
    },
    Status.DROPPED: {Status.IN_CALL, Status.RETRY_NEEDED, Status.ABANDONED},
    Status.APPROVED: {Status.REVOKED},
    Status.REJECTED: set(),
    Status.RETRY_NEEDED: set(),
    Status.ABANDONED: set(),
    Status.REVOKED: set(),
}

REJECTIONS: Final[dict[str, Repeat]] = {
    "PHOTO_UNCLEAR": "PHOTO",
    "DOC_DAMAGED": "PHOTO",
    "DATA_MISMATCH": "EDIT",
    "CALL_QUALITY": "CALL",
    "LIVENESS_FAILED": "CALL",
    "CUSTOMER_REFUSED": "CALL",
    "NOT_PRESENT_OWNER": "CALL",
    "FACE_MISMATCH": "STORE",
    "IDENTITY_DOUBT": "STORE",
    "DOC_FAKE_SUSPECTED": "STORE",
    "DOC_EXPIRED": "STORE",
    "UNDER_AGE": "STORE",
    "COERCION_SUSPECTED": "STORE",
}
"""An agent's reasons to say no, and the step each sends the customer back to (G26)."""

NEWER_CHECK: Final = "NEWER_CHECK"
"""The customer has sent other papers than those the call is about."""
CUSTOMER_LEFT: Final = "CUSTOMER_LEFT"
"""The customer went away, or did not come back after the line broke."""
AGENT_LOST: Final = "AGENT_LOST"
"""The agent was not heard of any more."""
RELEASED: Final = "RELEASED"
"""A supervisor freed a call that was going nowhere."""
OFFICE_CLOSED: Final = "OFFICE_CLOSED"
"""The office closed while the customer waited."""

RETRIES: Final = frozenset(
    {
        "TECHNICAL",
        "POOR_NETWORK",
        "POOR_LIGHT",
        "NO_DOCUMENT_AT_HAND",
        CUSTOMER_LEFT,
        NEWER_CHECK,
    }
)
"""An agent's reasons to end a call without a verdict."""


@dataclass(frozen=True)
class Checklist:
    """The fields that the agent compared with the record (SD.2)."""

    id_number: bool
    full_name: bool
    date_of_birth: bool
    face: bool
    same_person: bool

    def missing(self) -> tuple[str, ...]:
        """Return the lines that were not ticked."""
        return tuple(f"checklist.{name}" for name, ticked in vars(self).items() if not ticked)


@dataclass(frozen=True)
class Proof:
    """Every take of a call, and the challenges that were drawn last."""

    takes: Collection[Still]
    accepted: Collection[PhotoKind]
    """The kinds of which the newest take above the floor of quality is accepted."""
    challenges: Sequence[tuple[str, str | None]]
    """Each with its result, null until it is judged."""

    def missing(self) -> tuple[str, ...]:
        """Return what nothing is approved without, and is not there."""
        photos = [f"photos.{kind}" for kind in NEEDED if kind not in self.accepted]
        results = {result for _, result in self.challenges}
        return (*(() if results == {"PASS"} else (CHALLENGES,)), *photos)

    def seal(self, decision: dict[str, Any], checklist: Checklist) -> str:
        """Return the fingerprint (SHA-256, hex) of a decision and of all it was made on."""
        record = decision | {
            "checklist": vars(checklist),
            "photos": sorted(self.takes),
            "challenges": list(self.challenges),
        }
        return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


@dataclass(eq=False)
class NoSuchCall(NotFound):
    """This call does not exist."""


@dataclass(eq=False)
class CallMoved(Conflict):
    """This call can no longer change that way."""

    call_id: UUID
    state: Status


@dataclass(eq=False)
class CallUnderWay(Conflict):
    """There is a call for this hold already."""

    hold_id: UUID


@dataclass(eq=False)
class AlreadyApproved(Conflict):
    """The call has been approved: go on and sign."""

    hold_id: UUID
    call_id: UUID


@dataclass(eq=False)
class AlreadyRevoked(Conflict):
    """This approval was taken back already, for another reason or by somebody else."""

    call_id: UUID
    reason_code: str | None
    decided_by: UUID | None
    decided_at: datetime | None


@dataclass(eq=False)
class NotYourCall(Refused):
    """This call is not in your hand: accept it first, or leave it to those who review."""

    call_id: UUID
    agent_id: UUID | None
    since: datetime | None


@dataclass(eq=False)
class NotApprovable(Conflict):
    """Compare every field, pass every challenge and accept every photo first."""

    missing: tuple[str, ...]


@dataclass(eq=False)
class CheckReplaced(Conflict):
    """The customer has sent a newer identity check: end this call with NEWER_CHECK."""

    hold_id: UUID
    compared_attempt: int | None
    newest_attempt: int | None


@dataclass(eq=False)
class UnknownReason(Invalid):
    """There is no such reason."""

    reason_code: str
