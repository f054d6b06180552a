"""What the videocall service states."""

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, NonNegativeInt

from events.base import Event
from events.vocabulary import ReasonCode, Region


class VideoCallQueued(Event):
    """The customer calls and waits for an agent of this team (P3.5)."""

    hold_id: UUID
    call_id: UUID
    region: Region
    team: str


class VideoCallStarted(Event):
    """An agent took the call (P5.1)."""

    hold_id: UUID
    call_id: UUID
    agent_id: UUID


class VideoCallDropped(Event):
    """The line broke; the same agent waits for the customer for a while."""

    hold_id: UUID
    call_id: UUID


class VideoCallAbandoned(Event):
    """The customer left the queue, or did not come back after a drop."""

    hold_id: UUID
    call_id: UUID


class VideoCallRetryNeeded(Event):
    """The call ended without a verdict and without anybody's fault: call again."""

    hold_id: UUID
    call_id: UUID
    reason_code: ReasonCode


class VideoCallApproved(Event):
    """The agent saw the person and compared them with the record (F5a.8 TH2, P3.6)."""

    hold_id: UUID
    call_id: UUID
    agent_id: UUID
    """Whoever approves the call must not confirm the connection."""
    approved_at: AwareDatetime


class VideoCallRejected(Event):
    """The agent said no, and which step to repeat (F5a.8 TH1)."""

    hold_id: UUID
    call_id: UUID
    agent_id: UUID
    reason_code: ReasonCode
    repeat: Literal["EDIT", "PHOTO", "CALL", "STORE"]
    attempts_left: NonNegativeInt


class VideoCallRevoked(Event):
    """An approval was taken back by a supervisor."""

    hold_id: UUID
    call_id: UUID
    revoked_by: UUID
    reason_code: ReasonCode


class AppointmentBooked(Event):
    """The customer will call at this time instead."""

    hold_id: UUID
    appointment_id: UUID
    starts_at: AwareDatetime


class EvidenceSealed(Event):
    """The stills and the record of a call can no longer be changed unnoticed."""

    hold_id: UUID
    call_id: UUID
    sha256: str
