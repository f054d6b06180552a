"""Commands of the agents about the call in hand: approve, reject, end (P5.1, SB.3.3a, SD.2)."""

from datetime import datetime
from functools import partial
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import func, select

from kit.auth import Caller
from kit.db import Tx
from kit.sealing import Sealer
from values.digits import read_by
from values.labels import parse_label
from videocall.agents.commands import free_agent
from videocall.calls.commands import call_of_region, publish, publish_end
from videocall.calls.domain import Call
from videocall.calls.states import (
    CUSTOMER_LEFT,
    RECORDING,
    REJECTIONS,
    RETRIES,
    CallMoved,
    Checklist,
    CheckReplaced,
    NotApprovable,
    Status,
    UnknownReason,
)
from videocall.examinations.queries import proof_of
from videocall.journeys.domain import Journey, NotReady
from videocall.matching.commands import match_for
from videocall.recordings.queries import may_be_approved, recording_of
from videocall.settings import Settings
from videocall.tables import calls

Note = Annotated[
    str, Field(min_length=1, max_length=500), read_by(partial(parse_label, longest=500))
]
"""A remark of staff; it is kept sealed."""


async def approve(
    tx: Tx,
    call_id: UUID,
    checklist: Checklist,
    epoch: int,
    *,
    agent: Caller,
    settings: Settings,
    now: datetime,
) -> Call:
    """Confirm the customer, in a call that is recorded (F5a.8 TH2, F5b.7 TH2); once if twice."""
    call, journey = await call_of_region(tx, call_id, agent)
    decision = (agent.subject_id, vars(checklist))
    if call.status is Status.APPROVED and decision == (call.agent_id, call.checklist):
        return call
    if call.compared != journey.newest:
        raise _replaced(call, journey)
    if not journey.papers_in_order:
        raise NotReady(call.hold_id, journey.waiting_for)
    call.check_in_hand(agent.subject_id)
    if call.epoch != epoch:
        raise CallMoved(call.id, call.status)
    proof = await proof_of(tx, call.id)
    recording = await recording_of(tx, call.id)
    recorded = may_be_approved(recording, settings=settings, now=now)
    if call.status is Status.IN_CALL and not recorded:
        raise NotApprovable((*checklist.missing(), *proof.missing(), RECORDING))
    approved = call.approve(agent.subject_id, checklist, proof, now=now)
    head = await publish(
        tx,
        call,
        approved,
        sha256=call.evidence_sha256,
        checklist=call.checklist,
        stills=sorted(proof.takes),
        recordings=recording.heads,
    )
    assert call.evidence_sha256
    heads = recording.heads
    await tx.publish(head.seal(call.hold_id, call.id, call.evidence_sha256, heads, now))
    freed = await free_agent(tx, call.id, now=now)
    await match_for(tx, freed, settings=settings, now=now)
    return call


async def reject(
    tx: Tx,
    call_id: UUID,
    reason_code: str,
    note: str | None,
    *,
    agent: Caller,
    sealer: Sealer,
    settings: Settings,
    now: datetime,
) -> Call:
    """Say no (F5a.8 TH1, F5b.7 TH1); said twice, done once."""
    if reason_code not in REJECTIONS:
        raise UnknownReason(reason_code)
    call, journey = await call_of_region(tx, call_id, agent)
    noted = sealer.open(call.note, about=f"{call.id}:note").decode() if call.note else None
    if call.ended_by(agent.subject_id, Status.REJECTED, reason_code) and noted == note:
        return call
    earlier = await _rejections_of(tx, journey)
    rejected = call.reject(
        agent.subject_id, reason_code, earlier=earlier, limit=settings.rejections, now=now
    )
    if rejected.repeat == "STORE":
        journey.sent_to_store_at = now
    elif rejected.repeat in ("EDIT", "PHOTO") and call.compared == journey.newest:
        journey.refuse_papers(now)
    if note:
        call.note = sealer.seal(note.encode(), about=f"{call.id}:note")
    freed = await publish_end(tx, call, rejected, now=now)
    await match_for(tx, freed, settings=settings, now=now)
    return call


async def drop(tx: Tx, call_id: UUID, *, agent: Caller, now: datetime) -> Call:
    """Note that the line broke; said twice, done once."""
    call, _ = await call_of_region(tx, call_id, agent)
    if (call.status, call.agent_id) != (Status.DROPPED, agent.subject_id):
        await publish(tx, call, call.drop(agent.subject_id, now=now))
    return call


async def end_for_technical_reasons(
    tx: Tx, call_id: UUID, reason_code: str, *, agent: Caller, settings: Settings, now: datetime
) -> Call:
    """End a call that could not be held (G26); said twice, done once."""
    if reason_code not in RETRIES:
        raise UnknownReason(reason_code)
    call, _ = await call_of_region(tx, call_id, agent)
    if not call.ended_by(agent.subject_id, Status.RETRY_NEEDED, reason_code):
        kept = _place_kept(call, reason_code, settings, now)
        call.check_in_hand(agent.subject_id)
        ended = call.cut_off(reason_code, place_kept_until=kept, now=now)
        freed = await publish_end(tx, call, ended, now=now)
        await match_for(tx, freed, settings=settings, now=now)
    return call


def _place_kept(call: Call, reason_code: str, settings: Settings, now: datetime) -> datetime | None:
    """Return until when a place is kept; a customer who went away has that of a broken line."""
    if reason_code == CUSTOMER_LEFT:
        return call.dropped_at + settings.grace if call.dropped_at else None
    return now + settings.place_kept


def _replaced(call: Call, journey: Journey) -> CheckReplaced:
    compared, newest = call.compared, journey.newest
    return CheckReplaced(
        call.hold_id,
        compared_attempt=compared.attempt if compared else None,
        newest_attempt=newest.attempt if newest else None,
    )


async def _rejections_of(tx: Tx, journey: Journey) -> int:
    """Count the rejections that count: those before a supervisor's second chance do not."""
    rejections = select(func.count()).where(
        calls.c.hold_id == journey.hold_id, calls.c.status == Status.REJECTED
    )
    if journey.let_back_at:
        rejections = rejections.where(calls.c.ended_at > journey.let_back_at)
    return await tx.scalar(rejections) or 0
