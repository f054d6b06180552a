"""Finding and locking calls, and what the facts of a journey do to its call.

An agent or a call that a fact sets free is matched by the sweep within a second, not here: a batch
of facts would hold many regions, in any order.
"""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from events import (
    Event,
    Region,
    VideoCallAbandoned,
    VideoCallApproved,
    VideoCallDropped,
    VideoCallQueued,
    VideoCallRejected,
    VideoCallRetryNeeded,
    VideoCallRevoked,
    VideoCallStarted,
)
from kit.auth import Caller
from kit.db import Tx
from videocall.agents.commands import LIVE as RESERVING
from videocall.agents.commands import free_agent
from videocall.agents.domain import Agent
from videocall.calls.domain import Call
from videocall.calls.states import LIVE, NEWER_CHECK, WAITING, AlreadyApproved, NoSuchCall, Status
from videocall.chain.commands import append
from videocall.chain.domain import EventKind, Head
from videocall.journeys.domain import Journey
from videocall.pilots.domain import NotInPilot
from videocall.pilots.queries import answering_team
from videocall.tables import calls, reservations

KINDS: Final[dict[type[Event], EventKind]] = {
    VideoCallQueued: EventKind.QUEUED,
    VideoCallStarted: EventKind.STARTED,
    VideoCallDropped: EventKind.DROPPED,
    VideoCallAbandoned: EventKind.ABANDONED,
    VideoCallRetryNeeded: EventKind.RETRY_NEEDED,
    VideoCallApproved: EventKind.APPROVED,
    VideoCallRejected: EventKind.REJECTED,
    VideoCallRevoked: EventKind.REVOKED,
}
"""The facts about a call that are also events of its chain."""
ENVELOPE: Final = {"event_id", "occurred_at", "hold_id", "call_id"}
"""The fields of a fact that its call's chain has already, or does not need."""


async def live_call_of(tx: Tx, hold_id: UUID) -> Call | None:
    """Return the call of a hold that has not ended, locked."""
    live = select(Call).where(calls.c.hold_id == hold_id, calls.c.status.in_(LIVE))
    return (await tx.scalars(live.with_for_update())).one_or_none()


async def check_call_needed(tx: Tx, journey: Journey) -> Call | None:
    """Refuse another call after an approval that counts; return the newest call."""
    of_hold = select(Call).where(calls.c.hold_id == journey.hold_id)
    last = (await tx.scalars(of_hold.order_by(calls.c.queued_at.desc()).limit(1))).one_or_none()
    if last and last.status is Status.APPROVED and journey.counts(last.compared, last.ended_at):
        raise AlreadyApproved(journey.hold_id, last.id)
    return last


async def locked(tx: Tx, call_id: UUID) -> tuple[Call, Journey]:
    """Return a call and its journey, both locked: always the journey first, then the call."""
    hold_id = await tx.scalar(select(calls.c.hold_id).where(calls.c.id == call_id))
    if hold_id is None:
        raise NoSuchCall
    journey = await tx.get_one(Journey, hold_id, with_for_update=True)
    return await tx.get_one(Call, call_id, with_for_update=True), journey


async def _seen(tx: Tx, call_id: UUID) -> tuple[Call, Journey]:
    call = await tx.get(Call, call_id)
    if call is None:
        raise NoSuchCall
    return call, await tx.get_one(Journey, call.hold_id)


async def call_of_region(
    tx: Tx, call_id: UUID, caller: Caller, *, lock: bool = True
) -> tuple[Call, Journey]:
    """Return a call that a member of staff may see, locked; any other looks like none at all.

    Without a lock it is only to be looked at.
    """
    call, journey = await (locked if lock else _seen)(tx, call_id)
    of_region = any(map(caller.covers, journey.regions(call.region)))
    if not of_region and not await _is_in_hand(tx, call, caller):
        raise NoSuchCall
    return call, journey


async def publish(tx: Tx, call: Call, fact: Event, **more: Any) -> Head:
    """Publish a fact about a locked call; add it, and more about it, to the chain of its events."""
    await tx.publish(fact)
    body = fact.model_dump(mode="json", exclude=ENVELOPE, exclude_none=True) | more
    return await append(tx, call.id, KINDS[type(fact)], body, at=fact.occurred_at)


async def _is_in_hand(tx: Tx, call: Call, caller: Caller) -> bool:
    """Tell whether a call that overflowed from another region rings at or is this agent's."""
    own = (reservations.c.call_id == call.id) & (reservations.c.agent_id == caller.subject_id)
    rings = select(reservations.c.epoch).where(own, reservations.c.state.in_(RESERVING))
    return call.agent_id == caller.subject_id or await tx.scalar(rings) is not None


async def publish_end(
    tx: Tx, call: Call, fact: Event, *, agent_vanished: bool = False, now: datetime
) -> Agent | None:
    """Publish how a locked call ended, and free its agent: returned, for whom a call may wait."""
    await publish(tx, call, fact)
    return await free_agent(tx, call.id, vanished=agent_vanished, now=now)


async def end_if_over(tx: Tx, journey: Journey, *, now: datetime) -> None:
    """End the call of a hold that is gone."""
    if journey.closed and (call := await live_call_of(tx, journey.hold_id)):
        await publish_end(tx, call, call.abandon(now=now), now=now)


async def end_if_unready(tx: Tx, journey: Journey, *, now: datetime) -> None:
    """Send a waiting customer back to the check that is not finished: nobody could approve."""
    if journey.papers_in_order:
        return
    call = await live_call_of(tx, journey.hold_id)
    if call and call.status in WAITING:
        await publish_end(tx, call, call.cut_off(NEWER_CHECK, now=now), now=now)


async def follow_the_route(tx: Tx, journey: Journey, *, now: datetime) -> None:
    """Let a waiting customer wait for the team that is responsible now (SD.3)."""
    call = await live_call_of(tx, journey.hold_id)
    if call is None or call.status not in WAITING:
        return
    if not (journey.region and journey.team):
        return
    try:
        region, team = await answering_team(tx, journey.hold_id, journey.region, journey.team)
    except NotInPilot:  # who waits already is answered by the order's own team
        region, team = journey.region, journey.team
    await wait_for_team(tx, call, region, team, now=now)


async def wait_for_team(tx: Tx, call: Call, region: Region, team: str, *, now: datetime) -> None:
    """Let a waiting call, which is locked, wait for another team; one that rings rings no more."""
    if (call.region, call.team) != (region, team):
        if call.status is Status.OFFERED:
            call.requeue(missed=False)
            await free_agent(tx, call.id, now=now)
        await publish(tx, call, call.move(region, team, now=now))
