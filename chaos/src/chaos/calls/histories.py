"""The legal histories of calls and agents, and the times in which calls waited."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from videocall.agents.domain import AgentState, ReservationState
from videocall.calls.states import Status
from videocall.chain.domain import EventKind

_WITHDRAWN: Final = EventKind.WITHDRAWN
_ENDS: Final = {
    EventKind.RETRY_NEEDED: Status.RETRY_NEEDED,
    EventKind.ABANDONED: Status.ABANDONED,
}
_VERDICTS: Final = {EventKind.APPROVED: Status.APPROVED, EventKind.REJECTED: Status.REJECTED}
_WAITS_ON: Final = dict.fromkeys(
    (EventKind.QUEUED, EventKind.DECLINED, EventKind.MISSED, _WITHDRAWN), Status.QUEUED
)
STEPS: Final[dict[Status | None, dict[EventKind, Status]]] = {
    None: {EventKind.QUEUED: Status.QUEUED},
    Status.QUEUED: {**_WAITS_ON, **_ENDS, EventKind.ACCEPTED: Status.CONNECTING},
    Status.CONNECTING: {EventKind.STARTED: Status.IN_CALL, **_ENDS},
    Status.IN_CALL: {EventKind.DROPPED: Status.DROPPED, **_ENDS, **_VERDICTS},
    Status.DROPPED: {EventKind.STARTED: Status.IN_CALL, **_ENDS},
    # An offer that rang when its call ended is withdrawn right after.
    Status.ABANDONED: {_WITHDRAWN: Status.ABANDONED},
    Status.RETRY_NEEDED: {_WITHDRAWN: Status.RETRY_NEEDED},
    Status.APPROVED: {},
    Status.REJECTED: {},
}
"""By status, the events of a call's chain that may follow, and the status that each leads to."""
LIFE: Final = {kind for steps in STEPS.values() for kind in steps}

_CHOSEN: Final = {
    AgentState.AVAILABLE,
    AgentState.RESERVED,
    AgentState.BREAK,
    AgentState.OFFLINE,
}
"""States that may follow any other. Who becomes available is reserved in the same moment, if a call
waits: of that moment the log has nothing."""
AGENT_STEPS: Final[dict[AgentState, set[AgentState]]] = {
    AgentState.OFFLINE: _CHOSEN,
    AgentState.AVAILABLE: _CHOSEN,
    AgentState.RESERVED: {AgentState.BUSY, *_CHOSEN},
    AgentState.BUSY: {AgentState.WRAP_UP, *_CHOSEN},
    AgentState.WRAP_UP: _CHOSEN,
    AgentState.BREAK: _CHOSEN,
}
"""By state, those that may follow."""


def status_by(kinds: Iterable[EventKind]) -> Status | None:
    """Return the status to which a chain's events lead, None where one may not follow."""
    status: Status | None = None
    for kind in kinds:
        if kind in LIFE and (status := STEPS[status].get(kind)) is None:
            return None
    return status


def waits(call: Any, reservations: Sequence[Any]) -> Iterator[tuple[datetime, datetime]]:
    """Give the times in which a call waited, and rang nowhere; its reservations are in order."""
    begin = call.queued_at
    for reservation in reservations:
        yield begin, reservation.offered_at
        if reservation.state in (ReservationState.ACCEPTED, ReservationState.COMPLETED):
            return
        begin = reservation.changed_at
    if call.ended_at:
        yield begin, call.ended_at
