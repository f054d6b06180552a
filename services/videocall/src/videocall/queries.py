"""What can be asked about calls. Reads shape rows for the screen."""

import math
from datetime import datetime
from statistics import median
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import and_, func, or_, select

from events import Region
from kit.auth import Caller
from kit.db import Tx
from kit.sealing import Sealer
from videocall.calls.domain import Call
from videocall.calls.states import IN_HAND, NoSuchCall, Repeat, Status
from videocall.evidence.domain import PhotoKind
from videocall.journeys.domain import Journey, NoSuchHold
from videocall.settings import Settings
from videocall.tables import calls, journeys, photos, presence

RECENT = 30
LABELS = {
    Status.QUEUED: "Chờ gọi video",
    Status.IN_CALL: "Đang gọi",
    Status.DROPPED: "Mất kết nối, hãy gọi lại",
    Status.APPROVED: "Xác minh thành công",
    Status.REJECTED: "Xác minh không thành công",
    Status.RETRY_NEEDED: "Cuộc gọi bị gián đoạn, hãy gọi lại",
    Status.ABANDONED: "Đã rời hàng đợi",
    Status.REVOKED: "Kết quả xác minh đã bị thu hồi",
}


class CallView(BaseModel):
    """A call as its customer sees it."""

    call_id: UUID
    hold_id: UUID
    status: Status
    label_vi: str
    position: int | None
    estimated_wait_seconds: int | None
    opens_at: datetime | None = None
    reason_code: str | None
    repeat: Repeat | None
    attempts_left: int | None


class PhotoView(BaseModel):
    """A still that is kept; the picture itself is another request."""

    kind: PhotoKind
    sha256: str
    taken_at: datetime


class WaitingCall(BaseModel):
    """A customer in the queue, as agents see it before they answer."""

    call_id: UUID
    hold_id: UUID
    region: Region
    team: str
    queued_at: datetime
    waited_seconds: int
    returning: bool


class DeskCall(WaitingCall):
    """A call an agent has or had; who the customer is stands in kyc's case."""

    status: Status
    agent_id: UUID | None
    session_id: UUID | None
    """The kyc session whose record the person is compared with."""
    attempt: int | None
    """The attempt of that session, as it stood when the call began."""
    started_at: datetime | None
    dropped_at: datetime | None
    ended_at: datetime | None
    reason_code: str | None
    repeat: Repeat | None
    attempts_left: int | None
    earlier_rejections: int
    photos: list[PhotoView]
    checklist: dict[str, Any] | None
    evidence_sha256: str | None


class Queue(BaseModel):
    """Who waits for the agent's teams, in the order of answering."""

    items: list[WaitingCall]
    next: UUID | None = None
    waiting: int
    in_hand: UUID | None


async def call_of(tx: Tx, call_id: UUID, customer_id: UUID) -> Call:
    """Return one of a customer's calls; another customer's looks like none at all."""
    mine = select(Call).join(journeys, journeys.c.hold_id == calls.c.hold_id)
    its = mine.where(calls.c.id == call_id, journeys.c.customer_id == customer_id)
    call = (await tx.scalars(its)).one_or_none()
    if call is None:
        raise NoSuchCall
    return call


async def call_by_hold(tx: Tx, hold_id: UUID, customer_id: UUID) -> Call:
    """Return the newest call of a customer's hold."""
    journey = await tx.get(Journey, hold_id)
    if journey is None or journey.customer_id != customer_id:
        raise NoSuchHold(hold_id)
    its = select(Call).where(calls.c.hold_id == hold_id).order_by(calls.c.queued_at.desc())
    call = (await tx.scalars(its.limit(1))).one_or_none()
    if call is None:
        raise NoSuchCall
    return call


async def desk_call_of(tx: Tx, call_id: UUID, who: Caller) -> Call:
    """Return a call of an agent's regions; another region's looks like none at all."""
    call = await tx.get(Call, call_id)
    if call is None or not who.covers(call.region):
        raise NoSuchCall
    return call


async def view(tx: Tx, call: Call, *, settings: Settings, now: datetime) -> CallView:
    """Shape a call for its customer."""
    position = await _position(tx, call) if call.status is Status.QUEUED else None
    return CallView(
        call_id=call.id,
        hold_id=call.hold_id,
        status=call.status,
        label_vi=LABELS[call.status],
        position=position,
        estimated_wait_seconds=await _wait(tx, call.region, position, settings, now)
        if position
        else None,
        reason_code=call.reason_code,
        repeat=call.repeat,
        attempts_left=call.attempts_left,
    )


async def desk_view(tx: Tx, call: Call, *, now: datetime) -> DeskCall:
    """Shape a call for the desk."""
    taken = select(photos.c.kind, photos.c.sha256, photos.c.taken_at)
    its = taken.where(photos.c.call_id == call.id).order_by(photos.c.id)
    earlier = select(func.count()).where(
        calls.c.hold_id == call.hold_id,
        calls.c.status == Status.REJECTED,
        calls.c.id != call.id,
    )
    return DeskCall(
        **_waiting(call, now).model_dump(),
        status=call.status,
        agent_id=call.agent_id,
        session_id=call.compared.session_id if call.compared else None,
        attempt=call.compared.attempt if call.compared else None,
        started_at=call.started_at,
        dropped_at=call.dropped_at,
        ended_at=call.ended_at,
        reason_code=call.reason_code,
        repeat=call.repeat,
        attempts_left=call.attempts_left,
        earlier_rejections=await tx.scalar(earlier) or 0,
        photos=[PhotoView.model_validate(dict(r)) for r in (await tx.execute(its)).mappings()],
        checklist=call.checklist,
        evidence_sha256=call.evidence_sha256,
    )


async def queue(tx: Tx, agent: Caller, *, limit: int, now: datetime) -> Queue:
    """Return who waits for an agent's regions, first come first, those cut off before them."""
    mine = calls.c.status == Status.QUEUED
    if agent.regions:
        mine = and_(mine, calls.c.region.in_(agent.regions))
    order = (calls.c.returning.desc(), calls.c.queued_at, calls.c.id)
    first = (await tx.scalars(select(Call).where(mine).order_by(*order).limit(limit))).all()
    in_hand = select(calls.c.id).where(
        calls.c.agent_id == agent.subject_id, calls.c.status.in_(IN_HAND)
    )
    return Queue(
        items=[_waiting(call, now) for call in first],
        waiting=await tx.scalar(select(func.count()).where(mine)) or 0,
        in_hand=await tx.scalar(in_hand),
    )


async def photo_of(tx: Tx, call: Call, kind: PhotoKind, sealer: Sealer) -> bytes:
    """Open the newest still of a kind."""
    its = select(photos.c.id, photos.c.sealed).where(
        photos.c.call_id == call.id, photos.c.kind == kind
    )
    row = (await tx.execute(its.order_by(photos.c.id.desc()).limit(1))).one_or_none()
    if row is None:
        raise NoSuchCall
    return sealer.open(row.sealed, about=str(row.id))


def _waiting(call: Call, now: datetime) -> WaitingCall:
    return WaitingCall(
        call_id=call.id,
        hold_id=call.hold_id,
        region=call.region,
        team=call.team,
        queued_at=call.queued_at,
        waited_seconds=int(((call.started_at or now) - call.queued_at).total_seconds()),
        returning=call.returning,
    )


async def _position(tx: Tx, call: Call) -> int:
    """Return a place in the queue by the same order in which agents answer."""
    sooner = or_(
        calls.c.queued_at < call.queued_at,
        and_(calls.c.queued_at == call.queued_at, calls.c.id < call.id),
    )
    before = and_(calls.c.returning, sooner) if call.returning else or_(calls.c.returning, sooner)
    waiting = and_(calls.c.status == Status.QUEUED, calls.c.region == call.region)
    return 1 + (await tx.scalar(select(func.count()).where(waiting, before)) or 0)


async def _wait(tx: Tx, region: Region, position: int, settings: Settings, now: datetime) -> int:
    """Estimate a wait: rounds until it is your turn, times what recent calls took."""
    seen = select(presence.c.regions).where(presence.c.seen_at > now - settings.seen_within)
    at_the_desk = [r for r in await tx.scalars(seen) if not r or region in r]
    ended = select(calls.c.ended_at - calls.c.started_at).where(
        calls.c.region == region, calls.c.started_at.is_not(None), calls.c.ended_at.is_not(None)
    )
    recent = (await tx.scalars(ended.order_by(calls.c.ended_at.desc()).limit(RECENT))).all()
    usual = settings.usual_call.total_seconds()
    handling = median(took.total_seconds() for took in recent) if recent else usual
    return int(math.ceil(position / max(1, len(at_the_desk))) * handling)
