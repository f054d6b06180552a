"""Noting that agents are at the desk, and freeing them when a call has gone."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends
from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from kit import clock
from kit.auth import Caller, staff
from kit.db import Transaction, Tx
from videocall.agents.domain import Agent, AgentState, ReservationState
from videocall.chain.commands import append
from videocall.chain.domain import EventKind
from videocall.tables import agents, presence, reservations

LIVE: Final = (ReservationState.OFFERED, ReservationState.ACCEPTED)
REPLIES: Final = {
    ReservationState.ACCEPTED: EventKind.ACCEPTED,
    ReservationState.DECLINED: EventKind.DECLINED,
    ReservationState.MISSED: EventKind.MISSED,
    ReservationState.WITHDRAWN: EventKind.WITHDRAWN,
}
"""The ends of an offer, in the chain of its call: offers are made many at once, and noted by these.

An accepted one ends with the call, of which the chain says more.
"""
ADD_AGENT: Final = (
    insert(agents)
    .values(state=AgentState.OFFLINE, epoch=0)
    .on_conflict_do_nothing(index_elements=["id"])
)
SEEN_JUST_NOW: Final = timedelta(seconds=2)
KNOWN: Final = (
    select(agents.c.regions, presence.c.seen_at)
    .outerjoin(presence, presence.c.agent_id == agents.c.id)
    .where(agents.c.id == bindparam("agent"))
)
_seen = insert(presence)
SEEN: Final = _seen.on_conflict_do_update(
    index_elements=["agent_id"], set_={"seen_at": _seen.excluded.seen_at}
)


async def be_seen(tx: Tx, caller: Caller, *, now: datetime) -> None:
    """Note that an agent is at the desk; the first sight of an agent finds them offline.

    The agent's own row is left alone, so that a desk that asks is never passed over by an offer;
    and who was seen just now is not noted again, so that a desk's requests wait for none of them.
    """
    own, regions = {"id": caller.subject_id}, sorted(caller.regions)
    known = (await tx.execute(KNOWN, {"agent": caller.subject_id})).one_or_none()
    if known is None:
        row = own | {"regions": regions, "since": now, "idle_since": now}
        await tx.execute(ADD_AGENT, row)
    elif known.regions != regions:
        changed = update(agents).where(agents.c.id == caller.subject_id).values(regions=regions)
        await tx.execute(changed)
    if known and known.seen_at and timedelta(0) <= now - known.seen_at < SEEN_JUST_NOW:
        return
    await tx.execute(SEEN, {"agent_id": caller.subject_id, "seen_at": now})


async def _at_the_desk(
    caller: Annotated[Caller, Depends(staff("call_agent"))], tx: Transaction
) -> Caller:
    await be_seen(tx, caller, now=clock.now())
    return caller


AtDesk = Annotated[Caller, Depends(_at_the_desk)]
"""A call agent; each request of theirs notes that they are at the desk."""


async def agent_of(tx: Tx, agent_id: UUID) -> Agent:
    """Return an agent, locked. Whoever needs a call too has locked that before."""
    return await tx.get_one(Agent, agent_id, with_for_update=True, populate_existing=True)


async def free_agent(
    tx: Tx, call_id: UUID, *, vanished: bool = False, now: datetime
) -> Agent | None:
    """Free the agent of a call that has ended or rings no more; the call is locked."""
    live = (reservations.c.call_id == call_id) & reservations.c.state.in_(LIVE)
    own = select(reservations.c.agent_id, reservations.c.state).where(live)
    reserved = (await tx.execute(own)).one_or_none()
    if reserved is None:
        return None
    agent = await agent_of(tx, reserved.agent_id)
    rang = reserved.state is ReservationState.OFFERED
    end = ReservationState.WITHDRAWN if rang else ReservationState.COMPLETED
    await move_reservation(tx, call_id, end, now=now)
    if vanished:
        agent.leave(now=now)
    elif rang:
        agent.lose_offer(now=now)
    else:
        agent.end_call(now=now)
    return agent


async def move_reservation(
    tx: Tx, call_id: UUID, state: ReservationState, *, now: datetime
) -> None:
    """Change the live reservation of a call, which is locked."""
    live = (reservations.c.call_id == call_id) & reservations.c.state.in_(LIVE)
    changed = update(reservations).where(live).values(state=state, changed_at=now)
    columns = (reservations.c.agent_id, reservations.c.epoch, reservations.c.offered_at)
    offer = (await tx.execute(changed.returning(*columns))).one()
    if kind := REPLIES.get(state):
        body = {
            "agent_id": offer.agent_id,
            "epoch": offer.epoch,
            "offered_at": offer.offered_at.astimezone(UTC).isoformat(),
        }
        await append(tx, call_id, kind, body, at=now)
