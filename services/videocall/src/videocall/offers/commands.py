"""Agents accept, decline or miss the call that rings at their desk (SD.1, P3.5, P5.1).

The call is locked before its agent; a match, if one follows, comes last.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from kit.auth import Caller
from kit.db import Tx
from videocall.agents.commands import agent_of, move_reservation
from videocall.agents.domain import (
    Agent,
    AgentState,
    OfferOver,
    ReservationState,
    ShownBreakReason,
)
from videocall.calls.commands import call_of_region, publish
from videocall.calls.domain import Call
from videocall.calls.states import IN_HAND, Status
from videocall.examinations.commands import draw_for
from videocall.matching.commands import match, match_for
from videocall.recordings.commands import begin_on_standby
from videocall.settings import Settings
from videocall.tables import calls, reservations


async def choose_state(
    tx: Tx,
    caller: Caller,
    state: AgentState,
    reason: ShownBreakReason | None,
    *,
    settings: Settings,
    now: datetime,
) -> None:
    """Let an agent choose a state; said twice, the first moment stays."""
    agent = await agent_of(tx, caller.subject_id)
    if agent.state is AgentState.WRAP_UP:
        wrapped_up = update(calls).where(calls.c.id == agent.call_id)
        await tx.execute(wrapped_up.values(wrapped_up_at=now))
    agent.choose(state, reason, now=now)
    await match_for(tx, agent, settings=settings, now=now)


async def accept(tx: Tx, call_id: UUID, epoch: int, *, caller: Caller, now: datetime) -> Call:
    """Take the call that rings into the hand (P5.1), with challenges of its own; once if twice."""
    call, journey = await call_of_region(tx, call_id, caller)
    if (call.agent_id, call.epoch) == (caller.subject_id, epoch) and call.status in IN_HAND:
        return call
    agent = await _rung(tx, call, epoch, caller, now)
    agent.accept(now=now)
    call.accept(agent.id, journey.checked, now=now)
    call.face_in_doubt = journey.face_in_doubt
    await move_reservation(tx, call.id, ReservationState.ACCEPTED, now=now)
    # The media connection follows by itself, and where there is none nothing would say so.
    await publish(tx, call, call.connect(now=now))
    await begin_on_standby(tx, call, now=now)
    await draw_for(tx, call, now=now)
    return call


async def decline(
    tx: Tx, call_id: UUID, epoch: int, *, caller: Caller, settings: Settings, now: datetime
) -> None:
    """Let the call that rings go to another agent, and not come back for a while."""
    call, _ = await call_of_region(tx, call_id, caller)
    agent = await _rung(tx, call, epoch, caller, now)
    agent.decline(now=now)
    await _ring_elsewhere(tx, call, ReservationState.DECLINED, agent, settings, now)


async def miss(tx: Tx, call: Call, *, settings: Settings, now: datetime) -> None:
    """End an offer that nobody answered in time; the call, which is locked, keeps its place."""
    live = (reservations.c.call_id == call.id) & (reservations.c.epoch == call.epoch)
    agent_id = await tx.scalar(select(reservations.c.agent_id).where(live))
    assert agent_id
    agent = await agent_of(tx, agent_id)
    agent.miss(now=now)
    await _ring_elsewhere(tx, call, ReservationState.MISSED, agent, settings, now)


async def _rung(tx: Tx, call: Call, epoch: int, caller: Caller, now: datetime) -> Agent:
    """Return the agent at whose desk a call rings, locked; refuse a word about another offer."""
    own = select(reservations).where(
        reservations.c.call_id == call.id,
        reservations.c.epoch == epoch,
        reservations.c.agent_id == caller.subject_id,
        reservations.c.state == ReservationState.OFFERED,
        reservations.c.expires_at > now,
    )
    reservation = (await tx.execute(own)).one_or_none()
    agent = await agent_of(tx, caller.subject_id)
    if (
        reservation is None
        or call.status is not Status.OFFERED
        or (call.epoch, agent.epoch) != (epoch, reservation.agent_epoch)
    ):
        raise OfferOver(call.id)
    return agent


async def _ring_elsewhere(
    tx: Tx, call: Call, end: ReservationState, agent: Agent, settings: Settings, now: datetime
) -> None:
    """Let a call wait on; its region and the agent's are locked at once, in ascending order."""
    call.requeue(missed=True)
    await move_reservation(tx, call.id, end, now=now)
    freed = agent.covered if agent.state is AgentState.AVAILABLE else ()
    await match(tx, {call.region, *freed}, settings=settings, now=now)
