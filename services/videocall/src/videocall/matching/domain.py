"""The pairs of waiting calls and idle agents (SD.1, SD.3, SD.4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from events import Region


@dataclass(frozen=True)
class WaitingCall:
    """A call that no agent has yet, as the matcher sees it."""

    id: UUID
    region: Region
    team: str
    overflows: bool
    """The call has waited so long that every agent of the region may have it."""


@dataclass(frozen=True)
class IdleAgent:
    """An available agent, as the matcher sees one."""

    id: UUID
    regions: frozenset[Region]
    """Empty for head office: all regions."""
    teams: frozenset[str]
    """Empty for an agent who answers for every team."""
    declined: frozenset[UUID] = frozenset()
    """Calls that this agent has just declined."""

    def may_have(self, call: WaitingCall) -> bool:
        """Tell whether a call may be offered to this agent."""
        of_region = not self.regions or call.region in self.regions
        of_team = call.overflows or not self.teams or call.team in self.teams
        return of_region and of_team and call.id not in self.declined


def pairs_of(calls: Iterable[WaitingCall], agents: Sequence[IdleAgent]) -> dict[UUID, UUID]:
    """Return agents by calls: each call, in order, goes to the first agent left who may have it.

    Calls come in the order of answering, agents by their idle time, the longest first.
    """
    idle = {agent.id: agent for agent in agents}
    pairs: dict[UUID, UUID] = {}
    for call in calls:
        if not idle:
            break
        if agent := next((agent for agent in idle.values() if agent.may_have(call)), None):
            pairs[call.id] = agent.id
            del idle[agent.id]
    return pairs
