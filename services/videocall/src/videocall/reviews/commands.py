"""A supervisor's decisions about the calls of a region (G26, G28)."""

from datetime import datetime
from uuid import UUID

from kit.auth import Caller
from kit.db import Tx
from videocall.calls.commands import call_of_region, publish, publish_end
from videocall.calls.domain import Call
from videocall.calls.states import IN_HAND, RELEASED, AlreadyRevoked, CallMoved, Status
from videocall.chain.commands import append
from videocall.chain.domain import EventKind
from videocall.journeys.domain import Journey, NoSuchHold
from videocall.matching.commands import match_for
from videocall.settings import Settings


async def revoke(
    tx: Tx, call_id: UUID, reason_code: str, *, manager: Caller, now: datetime
) -> Call:
    """Take an approval back, the newest or an older one; said twice, done once."""
    call, _ = await call_of_region(tx, call_id, manager)
    if call.status is not Status.REVOKED:
        await publish(tx, call, call.revoke(manager.subject_id, reason_code, now=now))
    elif (call.revoked_by, call.reason_code) != (manager.subject_id, reason_code):
        raise AlreadyRevoked(call.id, call.reason_code, call.revoked_by, call.revoked_at)
    return call


async def release(
    tx: Tx, call_id: UUID, *, manager: Caller, settings: Settings, now: datetime
) -> Call:
    """Free a call in hand that is going nowhere; the customer's place is kept."""
    call, _ = await call_of_region(tx, call_id, manager)
    if (call.status, call.reason_code) != (Status.RETRY_NEEDED, RELEASED):
        if call.status not in IN_HAND:
            raise CallMoved(call.id, call.status)
        kept = now + settings.place_kept
        ended = call.cut_off(RELEASED, place_kept_until=kept, now=now)
        body = {"released_by": manager.subject_id}
        await append(tx, call.id, EventKind.RELEASED, body, at=now)
        agent = await publish_end(tx, call, ended, now=now)
        await match_for(tx, agent, settings=settings, now=now)
    return call


async def let_back(
    tx: Tx, hold_id: UUID, reason_code: str, *, manager: Caller, now: datetime
) -> Journey:
    """Let a customer who was sent to a store go on by video call; said twice, done once."""
    journey = await tx.get(Journey, hold_id, with_for_update=True)
    if journey is None or not manager.covers(journey.region):
        raise NoSuchHold(hold_id)
    repeated = (journey.let_back_by, journey.let_back_because) == (
        manager.subject_id,
        reason_code,
    )
    if journey.only_at_store or not repeated:
        await tx.publish(journey.let_back(manager.subject_id, reason_code, now=now))
    return journey
