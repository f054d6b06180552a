"""What a customer does: call, leave, come back (F5a.8, F5b.7, P1.5)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from kit.db import Tx
from kit.hearsay import unknown
from videocall.calls.domain import Call
from videocall.calls.states import (
    AlreadyApproved,
    CallMoved,
    CallUnderWay,
    NoSuchCall,
    Status,
)
from videocall.hours.domain import OfficeHours
from videocall.journeys.commands import live_call_of, locked
from videocall.journeys.domain import Journey, NoSuchHold
from videocall.settings import Settings
from videocall.tables import calls


async def place_call(
    tx: Tx, hold_id: UUID, customer_id: UUID, *, settings: Settings, now: datetime
) -> Call:
    """Let a customer wait for an agent, or go on waiting (F5a.8, F5b.7, P3.5)."""
    journey = await tx.get(Journey, hold_id, with_for_update=True)
    if journey is None:
        raise unknown(hold_id, NoSuchHold(hold_id))
    journey.check_owner(customer_id)
    if live := await live_call_of(tx, hold_id):
        return live
    return await _queue(tx, journey, settings=settings, now=now)


async def leave(tx: Tx, call_id: UUID, customer_id: UUID, *, now: datetime) -> Call:
    """Hang up; said twice, done once."""
    call = await _own(tx, call_id, customer_id)
    if call.status is not Status.ABANDONED:
        await tx.publish(call.abandon(now=now))
    return call


async def come_back(
    tx: Tx, call_id: UUID, customer_id: UUID, *, settings: Settings, now: datetime
) -> Call:
    """Return to the same agent, or to the head of the queue if the agent is gone (G26)."""
    call = await _own(tx, call_id, customer_id)
    if call.status in (Status.QUEUED, Status.IN_CALL):
        return call
    if call.status is Status.DROPPED:
        if call.waits_for_customer(now=now, grace=settings.grace):
            await tx.publish(call.come_back(now=now))
            return call
        await tx.publish(call.abandon(now=now, owed_a_place=True))
        await tx.flush()
    if not call.owed_a_place:
        raise CallMoved(call.id, call.status)
    return await place_call(tx, call.hold_id, customer_id, settings=settings, now=now)


async def abandon_lost_calls(tx: Tx, *, settings: Settings, now: datetime, batch: int = 100) -> int:
    """Free agents whose customers did not come back; safe to run on every replica at once."""
    lost = select(Call).where(
        calls.c.status == Status.DROPPED, calls.c.dropped_at <= now - settings.grace
    )
    taken = lost.order_by(calls.c.dropped_at).limit(batch).with_for_update(skip_locked=True)
    gone = (await tx.scalars(taken)).all()
    await tx.publish(*(call.abandon(now=now, owed_a_place=True) for call in gone))
    return len(gone)


def office_hours(settings: Settings, team: str) -> OfficeHours:
    """Return a team's calendar."""
    calendar = settings.team_calendars.get(team, settings.calendar)
    return OfficeHours(calendar.days, calendar.spans, settings.last_call, settings.closed_days)


async def _queue(tx: Tx, journey: Journey, *, settings: Settings, now: datetime) -> Call:
    hold_id = journey.hold_id
    last = await _last_call_of(tx, hold_id)
    if last and last.status is Status.APPROVED and not _undone(last, journey):
        raise AlreadyApproved(hold_id, last.id)
    journey.check_callable(now=now, fresh_for=settings.fresh_for)
    assert journey.region
    assert journey.team
    returning = last is not None and last.owed_a_place
    if not settings.always_open:
        office_hours(settings, journey.team).check_open(now, returning=returning)
    call, queued = Call.queue(hold_id, journey.region, journey.team, returning=returning, now=now)
    tx.add(call)
    await tx.flush_or_raise(one_live_call_per_hold=CallUnderWay(hold_id))
    await tx.publish(queued)
    return call


def _undone(approved: Call, journey: Journey) -> bool:
    """Tell whether a connection was refused after this approval, so that it counts no more."""
    decided = approved.ended_at
    return bool(journey.reopened_at and decided and journey.reopened_at > decided)


async def _last_call_of(tx: Tx, hold_id: UUID) -> Call | None:
    its = select(Call).where(calls.c.hold_id == hold_id).order_by(calls.c.queued_at.desc())
    return (await tx.scalars(its.limit(1))).one_or_none()


async def _own(tx: Tx, call_id: UUID, customer_id: UUID) -> Call:
    call, journey = await locked(tx, call_id)
    if journey.customer_id != customer_id:
        raise NoSuchCall
    return call
