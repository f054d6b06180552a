"""The states of an activation: its own stages, and those of its check and its call."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from kit.errors import Conflict, NotFound


class CheckStatus(StrEnum):
    """The status of an attempt of the identity check, in the words of the status list."""

    DRAFT = "DRAFT"
    KYC_CHECKING = "KYC_CHECKING"
    NEEDS_REVIEW = "NEEDS_REVIEW"
    KYC_FAILED = "KYC_FAILED"
    KYC_PASSED = "KYC_PASSED"


class CallStatus(StrEnum):
    """The status of a video call, in the words of the status list."""

    VIDEO_WAITING = "VIDEO_WAITING"
    VIDEO_IN_CALL = "VIDEO_IN_CALL"
    VIDEO_REJECTED = "VIDEO_REJECTED"
    VIDEO_APPROVED = "VIDEO_APPROVED"
    VIDEO_REVOKED = "VIDEO_REVOKED"


class Decision(StrEnum):
    """An officer's decision about a connection."""

    CONFIRM = "CONFIRM"
    REFUSE = "REFUSE"


class Stage(StrEnum):
    """The stage of a dossier on its way to the network."""

    OPEN = "OPEN"
    SIGNED = "SIGNED"
    SUBMITTED = "SUBMITTED"
    QUEUED = "QUEUED"
    CONNECTING = "CONNECTING"
    WITHDRAWING = "WITHDRAWING"
    """mSale is asked to give the dossier back."""
    DELAYED = "DELAYED"
    """mSale refused for the operator's own trouble: the desk sends the dossier again."""
    ESIM_QR_SENT = "ESIM_QR_SENT"
    ESIM_INSTALL_FAILED = "ESIM_INSTALL_FAILED"
    ACTIVATED = "ACTIVATED"
    REFUSED = "REFUSED"
    EXPIRED = "EXPIRED"
    CLOSED = "CLOSED"


NEXT: Final[dict[Stage, set[Stage]]] = {
    Stage.OPEN: {Stage.SIGNED, Stage.EXPIRED, Stage.CLOSED},
    Stage.SIGNED: {Stage.SIGNED, Stage.OPEN, Stage.SUBMITTED, Stage.EXPIRED, Stage.CLOSED},
    Stage.SUBMITTED: {Stage.QUEUED, Stage.DELAYED, Stage.WITHDRAWING},
    Stage.QUEUED: {Stage.CONNECTING, Stage.WITHDRAWING},
    Stage.CONNECTING: {
        Stage.ACTIVATED,
        Stage.ESIM_QR_SENT,
        Stage.ESIM_INSTALL_FAILED,
        Stage.REFUSED,
        Stage.DELAYED,
        Stage.WITHDRAWING,
    },
    Stage.WITHDRAWING: {Stage.OPEN, Stage.CONNECTING, Stage.CLOSED},
    Stage.DELAYED: {Stage.SUBMITTED, Stage.OPEN, Stage.REFUSED, Stage.CLOSED},
    Stage.ESIM_QR_SENT: {Stage.ESIM_QR_SENT, Stage.ESIM_INSTALL_FAILED, Stage.ACTIVATED},
    Stage.ESIM_INSTALL_FAILED: {Stage.ESIM_QR_SENT, Stage.ACTIVATED},
    Stage.REFUSED: {Stage.SIGNED, Stage.EXPIRED, Stage.CLOSED},
    Stage.ACTIVATED: set(),
    Stage.EXPIRED: set(),
    Stage.CLOSED: {Stage.OPEN, Stage.REFUSED},
}

BEFORE_SUBMISSION: Final = (Stage.OPEN, Stage.SIGNED, Stage.REFUSED)
UNSIGNED: Final = (Stage.OPEN, Stage.REFUSED)
"""The customer may still change what a signature will bind."""
AT_MSALE: Final = (Stage.SUBMITTED, Stage.QUEUED, Stage.CONNECTING, Stage.WITHDRAWING)
WAITS_FOR_PHONE: Final = (Stage.ESIM_QR_SENT, Stage.ESIM_INSTALL_FAILED)
"""Connected, and the eSIM is on no phone yet."""
CONNECTED: Final = (*WAITS_FOR_PHONE, Stage.ACTIVATED)


@dataclass(eq=False)
class NoSuchActivation(NotFound):
    """There is no such activation, or it is somebody else's."""


@dataclass(eq=False)
class ActivationClosed(Conflict):
    """The activation has moved on; read it again to see what comes next."""

    hold_id: UUID
    state: str


@dataclass(eq=False)
class NotReadyYet(Conflict):
    """An earlier step is missing; do what `waiting_for` names first."""

    waiting_for: list[str]
