"""The place of a waiting call by the matcher's own order, and an estimate of its wait."""

from datetime import datetime
from typing import Final

from sqlalchemy import and_, extract, func, select, tuple_

from kit.db import Tx
from videocall.agents.domain import AgentState
from videocall.calls.domain import Call
from videocall.calls.queries import still_there
from videocall.settings import Settings
from videocall.tables import agents, calls, members
from videocall.waits.domain import Handling, WaitRange

RECENT: Final = 30
ON_DUTY: Final = (
    AgentState.AVAILABLE,
    AgentState.RESERVED,
    AgentState.BUSY,
    AgentState.WRAP_UP,
)
"""The states of agents who answer calls, now or when they have done with one."""


async def position(tx: Tx, call: Call, *, settings: Settings, now: datetime) -> int:
    """Return a place in the queue by the same order in which calls are offered."""
    place = tuple_(-calls.c.priority, calls.c.queued_at, calls.c.id)
    before = place < tuple_(-call.priority, call.queued_at, call.id)
    same_team = and_(calls.c.region == call.region, calls.c.team == call.team)
    ahead = select(func.count()).where(still_there(settings, now), same_team, before)
    return 1 + (await tx.scalar(ahead) or 0)


async def estimate(tx: Tx, call: Call, place: int, *, settings: Settings) -> WaitRange:
    """Estimate a wait by what recent calls of the region took, and the agents on duty."""
    finished = func.coalesce(calls.c.wrapped_up_at, calls.c.ended_at)
    took = select(extract("epoch", finished - calls.c.started_at)).where(
        calls.c.region == call.region,
        calls.c.started_at.is_not(None),
        calls.c.ended_at.is_not(None),
    )
    newest = took.order_by(calls.c.ended_at.desc()).limit(RECENT)
    recent = [float(seconds) for seconds in await tx.scalars(newest)]
    handling = Handling.of(recent, usual=settings.usual_call.total_seconds())
    return handling.wait(place, await _on_duty(tx, call))


async def _on_duty(tx: Tx, call: Call) -> int:
    """Count the agents on duty who may be offered this call."""
    teams = select(func.array_agg(members.c.team)).where(members.c.agent_id == agents.c.id)
    on_duty = select(agents.c.regions, teams.scalar_subquery()).where(agents.c.state.in_(ON_DUTY))
    return sum(
        (not regions or call.region in regions) and (not own_teams or call.team in own_teams)
        for regions, own_teams in await tx.execute(on_duty)
    )
