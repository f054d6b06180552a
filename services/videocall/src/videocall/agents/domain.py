"""An agent at the desk, and how the agent's state follows calls and the agent's own choice."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal, get_args
from uuid import UUID

from events import Region
from kit.errors import Conflict

REGIONS: Final[tuple[Region, ...]] = get_args(Region)
BreakReason = Literal["MEAL", "REST", "MEETING", "TRAINING", "TROUBLE"]
MISSED: Final = "MISSED"
"""The reason of a break that began by itself: a call rang, and nobody answered."""
ShownBreakReason = BreakReason | Literal["MISSED"]


class AgentState(StrEnum):
    """The state of an agent: only an available one is offered calls."""

    OFFLINE = "OFFLINE"
    AVAILABLE = "AVAILABLE"
    RESERVED = "RESERVED"
    """A call rings at the desk."""
    BUSY = "BUSY"
    """A call is in hand."""
    WRAP_UP = "WRAP_UP"
    """The last call is over, its paperwork is not."""
    BREAK = "BREAK"


class ReservationState(StrEnum):
    """The state of a reservation: the first two are live."""

    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    """The agent has the call in hand."""
    DECLINED = "DECLINED"
    MISSED = "MISSED"
    WITHDRAWN = "WITHDRAWN"
    """The call ended, or was routed anew, while it rang."""
    COMPLETED = "COMPLETED"
    """The call that the agent had in hand is over."""


@dataclass(eq=False)
class OfferOver(Conflict):
    """This call no longer rings at your desk: it was withdrawn, or 20 seconds have passed."""

    call_id: UUID


@dataclass(kw_only=True, eq=False)
class Agent:
    """A call agent's state, and the call that rings at the desk or is in hand."""

    id: UUID
    regions: list[Region]
    """Empty for head office: all regions."""
    state: AgentState = AgentState.OFFLINE
    reason_code: ShownBreakReason | None = None
    since: datetime
    """The beginning of the state."""
    idle_since: datetime
    """The moment since which no call came; of two available agents, the one of longer is next."""
    next_state: AgentState | None = None
    """Chosen for the time after the call that rings or is in hand."""
    next_reason: ShownBreakReason | None = None
    call_id: UUID | None = None
    """The call that rings, is in hand, or is being wrapped up."""
    epoch: int = 0
    """Counts the offers to this agent: a word about an older one no longer counts."""

    @property
    def covered(self) -> tuple[Region, ...]:
        """Return the regions whose calls may ring here."""
        return tuple(self.regions) or REGIONS

    def choose(
        self, state: AgentState, reason: ShownBreakReason | None = None, *, now: datetime
    ) -> None:
        """Go into a state, or while a call rings or is in hand: into it afterwards."""
        if self.state in (AgentState.RESERVED, AgentState.BUSY):
            self.next_state, self.next_reason = state, reason
        elif (self.state, self.reason_code) != (state, reason):
            self._enter(state, reason, now)

    def accept(self, *, now: datetime) -> None:
        """Take the call that rings into the hand."""
        self.state, self.since = AgentState.BUSY, now

    def decline(self, *, now: datetime) -> None:
        """Let the call that rings go to somebody else: the agent queues behind the others."""
        self._enter(self.next_state or AgentState.AVAILABLE, self.next_reason, now)

    def miss(self, *, now: datetime) -> None:
        """Go on a break because nobody answered; the agent ends it."""
        self._enter(AgentState.BREAK, MISSED, now)

    def lose_offer(self, *, now: datetime) -> None:
        """Be available again because the call that rang has gone; the turn is kept."""
        turn = self.idle_since
        self._enter(self.next_state or AgentState.AVAILABLE, self.next_reason, now)
        self.idle_since = turn

    def end_call(self, *, now: datetime) -> None:
        """Wrap up the call that is over, unless another state was chosen for now."""
        call_id = self.call_id
        self._enter(self.next_state or AgentState.WRAP_UP, self.next_reason, now)
        if self.state is AgentState.WRAP_UP:
            self.call_id = call_id

    def leave(self, *, now: datetime) -> None:
        """Be away: the desk has not been heard of."""
        self._enter(AgentState.OFFLINE, None, now)

    def _enter(self, state: AgentState, reason: ShownBreakReason | None, now: datetime) -> None:
        self.state, self.reason_code, self.since = state, reason, now
        self.next_state = self.next_reason = self.call_id = None
        if state is AgentState.AVAILABLE:
            self.idle_since = now
