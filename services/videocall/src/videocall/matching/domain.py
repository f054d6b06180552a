"""The pairs of waiting calls and idle agents (SD.1, SD.3, SD.4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from events import Region

Reach = tuple[Region, str | None]
"""A region, and one of its teams or all of its agents (None)."""


@dataclass(frozen=True)
class WaitingCall:
    """A call that no agent has yet, as the matcher sees it."""

    id: UUID
    region: Region
    team: str
    reaches: tuple[Reach, ...] = ()
    """Those besides the own team who may have it because it has waited so long."""


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
        reaches = ((call.region, call.team), *call.reaches)
        return call.id not in self.declined and any(self._answers(*reach) for reach in reaches)

    def _answers(self, region: Region, team: str | None) -> bool:
        of_region = not self.regions or region in self.regions
        return of_region and (team is None or not self.teams or team in self.teams)


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
