"""Offering times, and giving each away no oftener than it can be kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select

from kit.db import Tx
from kit.replication_lag import missing_hold
from videocall.appointments.domain import Appointment, NoSuchAppointment, SlotTaken
from videocall.calls.commands import check_call_needed, live_call_of
from videocall.calls.states import CallUnderWay
from videocall.hours.domain import OfficeHours
from videocall.hours.queries import hours_of
from videocall.journeys.domain import Journey, NoSuchHold
from videocall.pilots.queries import answering_team
from videocall.settings import Settings
from videocall.tables import appointments, journeys


async def free_slots(
    tx: Tx, hold_id: UUID, customer_id: UUID, *, settings: Settings, now: datetime
) -> tuple[OfficeHours, list[datetime]]:
    """Return the hours of the team of a customer's hold, and the times it can still promise."""
    journey = await tx.get(Journey, hold_id)
    team = await _team(tx, journey, hold_id, customer_id, at=now, settings=settings)
    assert journey
    fresh_for = settings.fresh_for
    hours = await hours_of(tx, team, settings=settings)
    slots = await _free(tx, team, hours, settings, now)
    fresh = [slot for slot in slots if not journey.is_stale(at=slot, fresh_for=fresh_for)]
    return hours, fresh


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
    existing = await _of_hold(tx, hold_id)
    if existing and (existing.team, existing.starts_at) == (team, starts_at):
        return existing
    await tx.advisory_lock("slot", team, starts_at.timestamp())
    hours = await hours_of(tx, team, settings=settings)
    if starts_at not in await _free(tx, team, hours, settings, now):
        raise SlotTaken(starts_at)
    if existing:
        await tx.publish(existing.move(team, starts_at, now=now))
        return existing
    appointment = Appointment(hold_id=hold_id, team=team, starts_at=starts_at, booked_at=now)
    tx.add(appointment)
    await tx.publish(appointment.booked())
    return appointment


async def appointment_of(tx: Tx, hold_id: UUID, customer_id: UUID) -> Appointment:
    """Return the appointment of a customer's hold."""
    journey = await tx.get(Journey, hold_id)
    if journey is None or journey.customer_id != customer_id:
        raise NoSuchHold(hold_id)
    appointment = await _of_hold(tx, hold_id)
    if appointment is None:
        raise NoSuchAppointment
    return appointment


async def keeps_appointment(tx: Tx, hold_id: UUID, *, settings: Settings, now: datetime) -> bool:
    """Tell whether a customer who calls now has been promised this time."""
    appointment = await _of_hold(tx, hold_id)
    return appointment is not None and appointment.is_kept(now=now, lasts=settings.slot)


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
    assert journey.region
    assert journey.team
    _, team = await answering_team(tx, hold_id, journey.region, journey.team)
    return team


async def _of_hold(tx: Tx, hold_id: UUID) -> Appointment | None:
    of_hold = select(Appointment).where(appointments.c.hold_id == hold_id)
    return (await tx.scalars(of_hold)).one_or_none()


async def _free(
    tx: Tx, team: str, hours: OfficeHours, settings: Settings, now: datetime
) -> list[datetime]:
    # A hold that ended for good, or is connected, keeps nobody from its time.
    still_needed = and_(journeys.c.ended_at.is_(None), journeys.c.connected_at.is_(None))
    booked = (
        select(appointments.c.starts_at)
        .join(journeys)
        .where(appointments.c.team == team, appointments.c.starts_at > now, still_needed)
    )
    full = func.count() >= settings.appointments_per_slot
    taken = set(await tx.scalars(booked.group_by(appointments.c.starts_at).having(full)))
    slots = hours.slots(now, length=settings.slot, ahead=settings.bookable)
    return [slot for slot in slots if slot not in taken]
