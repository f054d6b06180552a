"""What agents and their managers do (P5.1, SB.3.3a, SD.1, SD.2)."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from events.ids import uuid7
from kit.auth import Caller
from kit.db import Tx
from kit.sealing import Sealer
from videocall.calls.domain import Call
from videocall.calls.states import (
    IN_HAND,
    REJECTIONS,
    RETRIES,
    AgentBusy,
    CheckReplaced,
    NoSuchCall,
    Status,
    UnknownReason,
)
from videocall.evidence.domain import Checklist, PhotoKind
from videocall.journeys.commands import locked
from videocall.journeys.domain import Journey, NotReady
from videocall.settings import Settings
from videocall.tables import accesses, calls, journeys, photos, presence


async def be_seen(tx: Tx, agent: Caller, *, now: datetime) -> None:
    """Note that an agent is at the desk: it shortens what the queue is told."""
    row = {"regions": sorted(agent.regions), "seen_at": now}
    add = upsert(presence).values(agent_id=agent.subject_id, **row)
    await tx.execute(add.on_conflict_do_update(index_elements=["agent_id"], set_=row))


async def next_call(tx: Tx, agent: Caller, *, now: datetime) -> Call | None:
    """Give an agent the first waiting call of their regions, or the one they have in hand."""
    # This locks the agent's row: one agent with two open windows is one agent, in turns.
    await be_seen(tx, agent, now=now)
    in_hand = select(Call).where(calls.c.agent_id == agent.subject_id, calls.c.status.in_(IN_HAND))
    if call := (await tx.scalars(in_hand)).one_or_none():
        return call
    waiting = select(Call, Journey).join(Journey, journeys.c.hold_id == calls.c.hold_id)
    waiting = waiting.where(calls.c.status == Status.QUEUED)
    if agent.regions:
        waiting = waiting.where(calls.c.region.in_(agent.regions))
    first = waiting.order_by(calls.c.returning.desc(), calls.c.queued_at, calls.c.id).limit(1)
    # Both rows, and none that is busy: what the call is about cannot change while it is taken.
    row = (await tx.execute(first.with_for_update(skip_locked=True))).one_or_none()
    if row is None:
        return None
    call, journey = row
    started = call.take(agent.subject_id, journey.checked, now=now)
    await tx.flush_or_raise(one_call_in_hand_per_agent=AgentBusy())
    await tx.publish(started)
    return call


async def keep_photo(
    tx: Tx,
    call_id: UUID,
    kind: PhotoKind,
    picture: bytes,
    *,
    agent: Caller,
    sealer: Sealer,
    now: datetime,
) -> Call:
    """Keep a still of the call, sealed; every take is kept (P5.1)."""
    call, _ = await _of_region(tx, call_id, agent)
    call.take_photo(agent.subject_id)
    photo_id = uuid7()
    row = {
        "id": photo_id,
        "call_id": call.id,
        "kind": kind,
        "sealed": sealer.seal(picture, about=str(photo_id)),
        "sha256": hashlib.sha256(picture).hexdigest(),
        "taken_at": now,
        "taken_by": agent.subject_id,
    }
    await tx.execute(upsert(photos).values(row).on_conflict_do_nothing())
    return call


async def approve(
    tx: Tx, call_id: UUID, checklist: Checklist, *, agent: Caller, now: datetime
) -> Call:
    """Confirm the customer (F5a.8 TH2, F5b.7 TH2); said twice, done once."""
    call, journey = await _of_region(tx, call_id, agent)
    if call.status is Status.APPROVED and call.agent_id == agent.subject_id:
        return call
    if call.compared != journey.newest:
        raise _replaced(call, journey)
    if not journey.papers_in_order:
        raise NotReady(call.hold_id, journey.waiting_for)
    taken = select(photos.c.kind, photos.c.sha256).where(photos.c.call_id == call.id)
    stills = [(row.kind, row.sha256) for row in await tx.execute(taken)]
    await tx.publish(*call.approve(agent.subject_id, checklist, stills, now=now))
    return call


async def reject(
    tx: Tx,
    call_id: UUID,
    reason_code: str,
    note: str | None,
    *,
    agent: Caller,
    means: tuple[Sealer, Settings],
    now: datetime,
) -> Call:
    """Say no (F5a.8 TH1, F5b.7 TH1); said twice, done once."""
    sealer, settings = means
    if reason_code not in REJECTIONS:
        raise UnknownReason(reason_code)
    call, journey = await _of_region(tx, call_id, agent)
    if (call.status, call.agent_id) == (Status.REJECTED, agent.subject_id):
        return call
    earlier = await _rejections_of(tx, call.hold_id)
    rejected = call.reject(
        agent.subject_id, reason_code, earlier=earlier, limit=settings.rejections, now=now
    )
    if rejected.repeat == "STORE":
        journey.sent_to_store_at = now
    elif rejected.repeat in ("EDIT", "PHOTO") and call.compared == journey.newest:
        journey.refuse_papers(now)
    if note:
        call.note = sealer.seal(note.encode(), about=f"{call.id}:note")
    await tx.publish(rejected)
    return call


async def drop(tx: Tx, call_id: UUID, *, agent: Caller, now: datetime) -> Call:
    """Note that the line broke; said twice, done once."""
    call, _ = await _of_region(tx, call_id, agent)
    if (call.status, call.agent_id) != (Status.DROPPED, agent.subject_id):
        await tx.publish(call.drop(agent.subject_id, now=now))
    return call


async def end_for_technical_reasons(
    tx: Tx, call_id: UUID, reason_code: str, *, agent: Caller, now: datetime
) -> Call:
    """End a call that could not be held (G26); said twice, done once."""
    if reason_code not in RETRIES:
        raise UnknownReason(reason_code)
    call, _ = await _of_region(tx, call_id, agent)
    if (call.status, call.agent_id) != (Status.RETRY_NEEDED, agent.subject_id):
        await tx.publish(call.retry(agent.subject_id, reason_code, now=now))
    return call


async def revoke(
    tx: Tx, call_id: UUID, reason_code: str, *, manager: Caller, now: datetime
) -> Call:
    """Take an approval back; said twice, done once."""
    call, _ = await _of_region(tx, call_id, manager)
    if call.status is not Status.REVOKED:
        await tx.publish(call.revoke(manager.subject_id, reason_code, now=now))
    return call


async def note_access(tx: Tx, hold_id: UUID, who: Caller, what: str, *, now: datetime) -> None:
    """Write down who looked at whose picture (LAW19)."""
    row = {"at": now, "staff_id": who.subject_id, "hold_id": hold_id, "what": what}
    await tx.execute(insert(accesses).values(row))


async def _of_region(tx: Tx, call_id: UUID, who: Caller) -> tuple[Call, Journey]:
    call, journey = await locked(tx, call_id)
    if not who.covers(call.region):
        raise NoSuchCall
    return call, journey


def _replaced(call: Call, journey: Journey) -> CheckReplaced:
    compared, newest = call.compared, journey.newest
    return CheckReplaced(
        call.hold_id,
        compared_attempt=compared.attempt if compared else None,
        newest_attempt=newest.attempt if newest else None,
    )


async def _rejections_of(tx: Tx, hold_id: UUID) -> int:
    its = select(func.count()).where(calls.c.hold_id == hold_id, calls.c.status == Status.REJECTED)
    return await tx.scalar(its) or 0
