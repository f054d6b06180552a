"""Offering times, and giving each away no oftener than it can be kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select

from kit.db import Tx
from kit.replication_lag import missing_hold
from videocall.appointments.domain import Appointment, NoSuchAppointment, SlotTaken
from videocall.calls.commands import check_call_needed, live_call_of
from videocall.calls.states import CallUnderWay
from videocall.journeys.domain import Journey, NoSuchHold
from videocall.settings import Settings
from videocall.tables import appointments, journeys


async def free_slots(
    tx: Tx, hold_id: UUID, customer_id: UUID, *, settings: Settings, now: datetime
) -> list[datetime]:
    """Return the times that the team of a customer's hold can still promise."""
    journey = await tx.get(Journey, hold_id)
    team = await _team(tx, journey, hold_id, customer_id, at=now, settings=settings)
    assert journey
    fresh_for = settings.fresh_for
    slots = await _free(tx, team, settings, now)
    return [slot for slot in slots if not journey.is_stale(at=slot, fresh_for=fresh_for)]


async def book(
    tx: Tx,
    hold_id: UUID,
    customer_id: UUID,
    starts_at: datetime,
    *,
    settings: Settings,
    now: datetime,
) -> Appointment:
    """Promise a time, or another one instead; said twice, done once."""
    journey = await tx.get(Journey, hold_id, with_for_update=True)
    team = await _team(tx, journey, hold_id, customer_id, at=starts_at, settings=settings)
    if await live_call_of(tx, hold_id):
        raise CallUnderWay(hold_id)
    held = await _of_hold(tx, hold_id)
    if held and (held.team, held.starts_at) == (team, starts_at):
        return held
    await tx.advisory_lock("slot", team, starts_at.timestamp())
    if starts_at not in await _free(tx, team, settings, now):
        raise SlotTaken(starts_at)
    if held:
        await tx.publish(held.move(team, starts_at, now=now))
        return held
    made = Appointment(hold_id=hold_id, team=team, starts_at=starts_at, booked_at=now)
    tx.add(made)
    await tx.publish(made.booked())
    return made


async def appointment_of(tx: Tx, hold_id: UUID, customer_id: UUID) -> Appointment:
    """Return the appointment of a customer's hold."""
    journey = await tx.get(Journey, hold_id)
    if journey is None or journey.customer_id != customer_id:
        raise NoSuchHold(hold_id)
    held = await _of_hold(tx, hold_id)
    if held is None:
        raise NoSuchAppointment
    return held


async def keeps_appointment(tx: Tx, hold_id: UUID, *, settings: Settings, now: datetime) -> bool:
    """Tell whether a customer who calls now has been promised this time."""
    held = await _of_hold(tx, hold_id)
    return held is not None and held.is_kept(now=now, lasts=settings.slot)


async def _team(
    tx: Tx,
    journey: Journey | None,
    hold_id: UUID,
    customer_id: UUID,
    *,
    at: datetime,
    settings: Settings,
) -> str:
    """Refuse a customer who could not call at that time anyhow; return the team."""
    if journey is None:
        raise missing_hold(hold_id, NoSuchHold(hold_id))
    journey.check_owner(customer_id)
    await check_call_needed(tx, journey)
    journey.check_callable(now=at, fresh_for=settings.fresh_for)
    assert journey.team
    return journey.team


async def _of_hold(tx: Tx, hold_id: UUID) -> Appointment | None:
    its = select(Appointment).where(appointments.c.hold_id == hold_id)
    return (await tx.scalars(its)).one_or_none()


async def _free(tx: Tx, team: str, settings: Settings, now: datetime) -> list[datetime]:
    # A hold that ended for good, or is connected, keeps nobody from its time.
    needed = and_(journeys.c.ended_at.is_(None), journeys.c.connected_at.is_(None))
    full = (
        select(appointments.c.starts_at)
        .join(journeys)
        .where(appointments.c.team == team, appointments.c.starts_at > now, needed)
    )
    crowd = func.count() >= settings.appointments_per_slot
    taken = set(await tx.scalars(full.group_by(appointments.c.starts_at).having(crowd)))
    slots = settings.office_hours(team).slots(now, length=settings.slot, ahead=settings.bookable)
    return [slot for slot in slots if slot not in taken]
