"""Calling, waiting and coming back; a queue that tells the truth (F5a.8, F5b.7, P1.5)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from kit.db import Tx
from kit.replication_lag import missing_hold
from videocall.appointments.commands import keeps_appointment
from videocall.calls.commands import (
    check_call_needed,
    live_call_of,
    locked,
    publish,
    publish_end,
)
from videocall.calls.domain import Call
from videocall.calls.states import (
    AGENT_LOST,
    OFFICE_CLOSED,
    WAITING,
    CallMoved,
    CallUnderWay,
    NoSuchCall,
    Priority,
    Status,
)
from videocall.consents.commands import keep_consent
from videocall.consents.domain import Consent, checked
from videocall.examinations.commands import draw_for
from videocall.hours.queries import hours_of
from videocall.journeys.domain import Journey, NoSuchHold
from videocall.matching.commands import match, match_for
from videocall.pilots.queries import answering_team
from videocall.settings import Settings
from videocall.tables import heartbeats
from videocall.waits.domain import ShownWait, WaitRange
from videocall.waits.queries import estimate, position


async def place_call(
    tx: Tx,
    hold_id: UUID,
    customer_id: UUID,
    consent: Consent | None,
    *,
    settings: Settings,
    now: datetime,
) -> Call:
    """Let a customer wait for an agent, or go on waiting (F5a.8, F5b.7, P3.5).

    A call begins with the consent to it; one that waits or is under way has that already.
    """
    journey = await tx.get(Journey, hold_id, with_for_update=True)
    if journey is None:
        raise missing_hold(hold_id, NoSuchHold(hold_id))
    journey.check_owner(customer_id)
    live = await live_call_of(tx, hold_id)
    call = live or await _queue(tx, journey, consent, settings=settings, now=now)
    await hear_from(tx, call, settings=settings, now=now)
    if live is None:  # who presses again changes nothing, and waits for no lock of the region
        await match(tx, [call.region], settings=settings, now=now)
    return call


async def leave(
    tx: Tx, call_id: UUID, customer_id: UUID, *, settings: Settings, now: datetime
) -> Call:
    """Hang up; said twice, done once."""
    call = await _own(tx, call_id, customer_id)
    if call.status is not Status.ABANDONED:
        await give_up(tx, call, settings=settings, now=now)
    return call


async def come_back(
    tx: Tx,
    call_id: UUID,
    customer_id: UUID,
    consent: Consent | None,
    *,
    settings: Settings,
    now: datetime,
) -> Call:
    """Return to the same agent in time, or else to the queue (G26)."""
    call = await _own(tx, call_id, customer_id)
    if call.status is Status.DROPPED and call.waits_for_customer(now=now, grace=settings.grace):
        if not call.waits_for_customer(now=now, grace=settings.same_challenges):
            await draw_for(tx, call, now=now)
        await publish(tx, call, call.come_back(now=now))
        return call
    if call.status is Status.DROPPED:
        # Not matched here: the call that follows locks its own region, and a second lock may wait.
        await publish_end(tx, call, call.abandon(now=now), now=now)
    if call.status in (Status.APPROVED, Status.REJECTED, Status.REVOKED):
        raise CallMoved(call.id, call.status)
    return await place_call(tx, call.hold_id, customer_id, consent, settings=settings, now=now)


async def hear_from(tx: Tx, call: Call, *, settings: Settings, now: datetime) -> None:
    """Note that a waiting customer is still there, and what they are told of their wait."""
    if call.status not in WAITING:
        return
    place = await position(tx, call, settings=settings, now=now)
    wait = await estimate(tx, call, place, settings=settings)
    columns = (heartbeats.c.wait_from, heartbeats.c.wait_to, heartbeats.c.wait_lengthened_at)
    own = select(*columns).where(heartbeats.c.call_id == call.id)
    before = (await tx.execute(own)).one_or_none()
    shown = ShownWait(wait, now)
    if before and None not in before:
        shown = ShownWait(WaitRange(before[0], before[1]), before[2]).next(wait, now=now)
    told = {
        "seen_at": now,
        "wait_from": shown.wait.low,
        "wait_to": shown.wait.high,
        "wait_lengthened_at": shown.lengthened_at,
    }
    add = insert(heartbeats).values(call_id=call.id, **told)
    await tx.execute(add.on_conflict_do_update(index_elements=["call_id"], set_=told))


async def give_up(tx: Tx, call: Call, *, settings: Settings, now: datetime) -> None:
    """End a call whose customer left, did not come back, or is no longer in the queue (G26)."""
    agent = await publish_end(tx, call, call.abandon(now=now), now=now)
    await match_for(tx, agent, settings=settings, now=now)


async def end_deserted_call(tx: Tx, call: Call, *, settings: Settings, now: datetime) -> None:
    """Free the customer of an agent who vanished; the place is kept."""
    kept = now + settings.place_kept
    ended = call.cut_off(AGENT_LOST, place_kept_until=kept, now=now)
    await publish_end(tx, call, ended, agent_vanished=True, now=now)


async def end_at_closing(tx: Tx, call: Call, *, settings: Settings, now: datetime) -> None:
    """End a waiting that closing time has overtaken; the place is kept until the team is back."""
    opens_at = (await hours_of(tx, call.team, settings=settings)).opens_after(now)
    kept = (opens_at or now) + settings.place_kept
    ended = call.cut_off(OFFICE_CLOSED, place_kept_until=kept, opens_at=opens_at, now=now)
    await publish(tx, call, ended)


async def _queue(
    tx: Tx, journey: Journey, consent: Consent | None, *, settings: Settings, now: datetime
) -> Call:
    hold_id = journey.hold_id
    last = await check_call_needed(tx, journey)
    journey.check_callable(now=now, fresh_for=settings.fresh_for)
    assert journey.region
    assert journey.team
    priority = Priority.USUAL
    if last and last.keeps_place(now=now):
        priority = Priority.RETURNING
    elif await keeps_appointment(tx, hold_id, settings=settings, now=now):
        priority = Priority.APPOINTMENT
    promised = priority > Priority.USUAL
    region, team = await answering_team(
        tx, hold_id, journey.region, journey.team, promised=promised
    )
    hours = await hours_of(tx, team, settings=settings)
    hours.check_open(now, returning=promised)
    consent = checked(consent)
    call, queued = Call.queue(hold_id, region, team, priority=priority, now=now)
    tx.add(call)
    await tx.flush_or_raise(one_live_call_per_hold=CallUnderWay(hold_id))
    await keep_consent(tx, call.id, consent, now=now)
    await publish(tx, call, queued)
    return call


async def _own(tx: Tx, call_id: UUID, customer_id: UUID) -> Call:
    call, journey = await locked(tx, call_id)
    if journey.customer_id != customer_id:
        raise NoSuchCall
    return call
