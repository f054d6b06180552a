"""The events of the videocall service."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import NonNegativeInt, PositiveInt

from events.facts.base import Event
from events.facts.vocabulary import AgentId, CallId, HoldId, ReasonCode, Region, SessionId
from values.moments import Moment


class VideoCallQueued(Event):
    """The customer calls and waits for an agent of this team (P3.5, F5a.8, F5b.7)."""

    hold_id: HoldId
    call_id: CallId
    region: Region
    """The regional company whose team answers."""
    team: str
    """The call team that answers."""


class VideoCallStarted(Event):
    """An agent took the call (P5.1)."""

    hold_id: HoldId
    call_id: CallId
    agent_id: AgentId


class VideoCallDropped(Event):
    """The line broke; the same agent waits for the customer for a while (G26)."""

    hold_id: HoldId
    call_id: CallId


class VideoCallAbandoned(Event):
    """The customer left the queue, or did not come back after a drop (G26)."""

    hold_id: HoldId
    call_id: CallId


class VideoCallRetryNeeded(Event):
    """The call ended without a verdict and without anybody's fault: call again (G26)."""

    hold_id: HoldId
    call_id: CallId
    reason_code: ReasonCode
    opens_at: Moment | None = None
    """When the team answers again, if it has closed."""


class VideoCallApproved(Event):
    """The agent saw the person and compared them with the record (F5a.8 TH2, P3.6)."""

    hold_id: HoldId
    call_id: CallId
    agent_id: AgentId
    """Whoever approves the call must not confirm the connection."""
    approved_at: Moment
    """When the agent said yes."""
    session_id: SessionId | None = None
    """The identity check that the agent compared the person with; older calls name none."""
    attempt: PositiveInt | None = None
    """The attempt of that check: a newer one makes this verdict worthless."""


class VideoCallRejected(Event):
    """The agent said no, and which step to repeat (F5a.8 TH1)."""

    hold_id: HoldId
    call_id: CallId
    agent_id: AgentId
    reason_code: ReasonCode
    repeat: Literal["EDIT", "PHOTO", "CALL", "STORE"]
    """Where to go back to: form, photos, call; STORE: it cannot be repaired online."""
    attempts_left: NonNegativeInt
    """How often it may be tried again; 0: a store or an officer has to help."""
    session_id: SessionId | None = None
    """The identity check that the agent compared the person with; older calls name none."""
    attempt: PositiveInt | None = None
    """The attempt of that check: a newer one makes this verdict worthless."""


class VideoCallRevoked(Event):
    """A supervisor took an approval back: there must be no connection by it (G28)."""

    hold_id: HoldId
    call_id: CallId
    revoked_by: UUID
    """The supervisor."""
    reason_code: ReasonCode


class VideoCallReopened(Event):
    """A supervisor lets a customer who had been sent to a store go on by video call (G26)."""

    hold_id: HoldId
    reopened_by: UUID
    """The supervisor."""
    reason_code: ReasonCode


class AppointmentBooked(Event):
    """The customer will call at this time instead of waiting now (G26, G33)."""

    hold_id: HoldId
    appointment_id: UUID
    """The appointment."""
    starts_at: Moment
    """When the team expects the call."""


class EvidenceSealed(Event):
    """The stills and the record of a call can no longer be changed unnoticed (P5.1)."""

    hold_id: HoldId
    call_id: CallId
    sha256: str
    """The fingerprint of the decision and of all it was made on: stills, checks, the agent."""
    chain_head: str | None = None
    """The fingerprint of the last event of the call, chained to all before; older calls: none."""
    chain_length: PositiveInt | None = None
    """The number of events in that chain."""
    recordings: tuple[str, ...] | None = None
    """The parts of the recording by then: `party/part:blocks:head of the chain of blocks`."""


class EvidenceDaySealed(Event, keyed_by="day"):
    """The calls decided on a day are bound in one fingerprint: none is changed unnoticed (P5.1)."""

    day: date
    """The day in Vietnam."""
    root: str
    """The root of the Merkle tree over the ends of the calls' chains (RFC 9162), SHA-256 in hex."""
    calls: NonNegativeInt
    """The number of calls in the tree."""
