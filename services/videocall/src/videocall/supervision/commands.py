"""A supervisor's acts, each in the access log and in the chain of the call's events (SB.3.3)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from kit.auth import Caller
from kit.db import Tx
from videocall.accesses.commands import note_access
from videocall.agents.commands import agent_of
from videocall.agents.domain import Agent, AgentState, BreakReason
from videocall.calls.commands import call_of_region, wait_for_team
from videocall.calls.domain import Call
from videocall.calls.states import WAITING, CallMoved
from videocall.chain.commands import append
from videocall.chain.domain import EventKind
from videocall.edits.commands import note_edit
from videocall.matching.commands import match, match_for
from videocall.settings import Settings
from videocall.tables import agents
from videocall.teams.commands import NoSuchAgent
from videocall.teams.queries import region_of


async def force_state(
    tx: Tx,
    agent_id: UUID,
    state: AgentState,
    reason: BreakReason | None,
    *,
    manager: Caller,
    settings: Settings,
    now: datetime,
) -> None:
    """Put an agent into a state; while a call rings or is in hand, into it afterwards."""
    regions = await tx.scalar(select(agents.c.regions).where(agents.c.id == agent_id))
    if regions is None or not (not regions or any(map(manager.covers, regions))):
        raise NoSuchAgent(agent_id)
    agent = await agent_of(tx, agent_id)
    before = _standing(agent)
    agent.choose(state, reason, now=now)
    if before == _standing(agent):
        return
    region = agent.regions[0] if agent.regions else None
    await note_edit(
        tx,
        manager,
        "AGENT_STATE",
        str(agent_id),
        region=region,
        before=before,
        after=_standing(agent),
        now=now,
    )
    await match_for(tx, agent, settings=settings, now=now)


async def move(
    tx: Tx, call_id: UUID, team: str, *, manager: Caller, settings: Settings, now: datetime
) -> Call:
    """Let a waiting call wait for another team, in the place it has; said twice, done once."""
    call, _ = await call_of_region(tx, call_id, manager)
    region = await region_of(tx, team, manager)
    if call.status not in WAITING:
        raise CallMoved(call.id, call.status)
    if call.team == team:
        return call
    of_before = call.region
    await note_access(tx, call.hold_id, manager, "CALL:MOVE", now=now)
    by = {"by": manager.subject_id, "from": call.team, "to": team}
    await append(tx, call.id, EventKind.MOVED, by, at=now)
    await wait_for_team(tx, call, region, team, now=now)
    await match(tx, {of_before, region}, settings=settings, now=now)
    return call


def _standing(agent: Agent) -> dict[str, str | None]:
    return {
        "state": agent.state,
        "reason_code": agent.reason_code,
        "next_state": agent.next_state,
        "next_reason": agent.next_reason,
    }
