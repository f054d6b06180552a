"""One subscriber's way from a confirmed hold to the network: what is known, what may come next."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from events import Region, RepeatStep, SimKind
from events.ids import uuid7
from kit.errors import Conflict, NotFound


class Stage(StrEnum):
    """Where the dossier stands."""

    OPEN = "OPEN"
    SIGNED = "SIGNED"
    SUBMITTED = "SUBMITTED"
    QUEUED = "QUEUED"
    CONNECTING = "CONNECTING"
    ESIM_QR_SENT = "ESIM_QR_SENT"
    ESIM_INSTALL_FAILED = "ESIM_INSTALL_FAILED"
    ACTIVATED = "ACTIVATED"
    REFUSED = "REFUSED"
    EXPIRED = "EXPIRED"
    CLOSED = "CLOSED"


NEXT: Final[dict[Stage, set[Stage]]] = {
    Stage.OPEN: {Stage.SIGNED, Stage.EXPIRED, Stage.CLOSED},
    Stage.SIGNED: {Stage.SIGNED, Stage.SUBMITTED, Stage.EXPIRED, Stage.CLOSED},
    Stage.SUBMITTED: {Stage.QUEUED, Stage.CLOSED},
    Stage.QUEUED: {Stage.CONNECTING, Stage.CLOSED},
    Stage.CONNECTING: {Stage.ACTIVATED, Stage.ESIM_QR_SENT, Stage.REFUSED},
    Stage.ESIM_QR_SENT: {Stage.ESIM_QR_SENT, Stage.ESIM_INSTALL_FAILED, Stage.ACTIVATED},
    Stage.ESIM_INSTALL_FAILED: {Stage.ESIM_QR_SENT, Stage.ACTIVATED},
    Stage.REFUSED: {Stage.SIGNED, Stage.EXPIRED, Stage.CLOSED},
    Stage.ACTIVATED: set(),
    Stage.EXPIRED: set(),
    Stage.CLOSED: set(),
}

BEFORE_SUBMISSION: Final = (Stage.OPEN, Stage.SIGNED, Stage.REFUSED)


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


@dataclass(kw_only=True, eq=False)
class Activation:
    """A hold on its way to the network.

    What other services said is kept as the newest fact of each kind, so that their events may come
    twice, late, and in any order.
    """

    hold_id: UUID
    number_id: UUID
    customer_id: UUID | None
    sim: SimKind
    stage: Stage = Stage.OPEN
    region: Region | None = None
    package_code: str | None = None
    promotion_code: str | None = None
    confirmed_at: datetime | None = None
    received_at: datetime | None = None
    expected_serial: str | None = None
    kyc_status: str | None = None
    kyc_at: datetime | None = None
    call_status: str | None = None
    call_at: datetime | None = None
    agent_id: UUID | None = None
    kyc_needed_after: datetime | None = None
    call_needed_after: datetime | None = None
    sim_serial: str | None = None
    dossier_id: UUID | None = None
    submission: int = 0
    request_id: UUID | None = None
    connection_id: UUID | None = None
    claimed_by: UUID | None = None
    decided_by: UUID | None = None
    decision: str | None = None
    reason_code: str | None = None
    reason_text: str | None = None
    repeat: RepeatStep | None = None
    connected_at: datetime | None = None
    profile_id: UUID | None = None
    incident: str | None = None
    id: UUID = field(default_factory=uuid7)

    def heard_kyc(self, status: str, *, at: datetime) -> None:
        """Remember the newest word of the identity check."""
        if self.kyc_at is None or at >= self.kyc_at:
            self.kyc_status, self.kyc_at = status, at

    def heard_call(self, status: str, *, at: datetime, agent_id: UUID | None = None) -> None:
        """Remember the newest word of the call team; a revoked approval is no approval (44)."""
        if self.call_at is not None and at < self.call_at:
            return
        self.call_status, self.call_at = status, at
        self.agent_id = agent_id or self.agent_id
        if status == "VIDEO_REVOKED" and self.connected_at:
            self.incident = "CALL_REVOKED_AFTER_CONNECTION"

    def missing(self) -> list[str]:
        """Say which earlier steps are not done, in the order the customer meets them."""
        return [step for step, done in self._steps() if not done]

    def _steps(self) -> list[tuple[str, bool]]:
        steps = [("CONFIRMED_ORDER", self.confirmed_at is not None)]
        if self.sim == "PHYSICAL":
            steps.append(("SIM_RECEIVED", self.received_at is not None))
        steps += [
            ("KYC", self._newer(self.kyc_status, "KYC_PASSED", self.kyc_at, self.kyc_needed_after)),
            (
                "VIDEO_CALL",
                self._newer(
                    self.call_status, "VIDEO_APPROVED", self.call_at, self.call_needed_after
                ),
            ),
        ]
        if self.sim == "PHYSICAL":
            steps.append(("SIM_SERIAL", self.sim_serial is not None))
        return steps

    @staticmethod
    def _newer(status: str | None, good: str, at: datetime | None, floor: datetime | None) -> bool:
        return status == good and (floor is None or (at is not None and at > floor))

    def begin_submission(self) -> None:
        """Start anew with mSale: what an earlier submission came to is history."""
        self.submission += 1
        self.request_id, self.connection_id, self.claimed_by = uuid7(), None, None
        self.decided_by = self.decision = self.repeat = None
        self.reason_code = self.reason_text = None

    def close(self) -> None:
        """Stop: order or hold are gone. What is already with mSale's officers is theirs to end."""
        if Stage.CLOSED in NEXT[self.stage]:
            self.stage = Stage.CLOSED

    def deadline(self, allowed: timedelta) -> datetime | None:
        """Return until when the customer may activate; the clock starts with SIM or payment."""
        start = self.received_at if self.sim == "PHYSICAL" else self.confirmed_at
        return start + allowed if start else None

    def must_be(self, *stages: Stage) -> None:
        """Refuse what does not belong to the present stage."""
        if self.stage not in stages:
            raise ActivationClosed(self.hold_id, self.stage)

    def move_to(self, stage: Stage) -> None:
        """Go on to the next stage, if there is such a way."""
        if stage not in NEXT[self.stage]:
            raise ActivationClosed(self.hold_id, self.stage)
        self.stage = stage
