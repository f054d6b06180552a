"""Keeping the queue true: who is gone is not in it, and nobody waits for nobody."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Select, and_, exists, literal, or_, select
from sqlalchemy.dialects.postgresql import insert

from kit.db import Tx
from videocall.calls.domain import Call
from videocall.calls.states import AGENT_LOST, OFFICE_CLOSED, Status
from videocall.hours.domain import OfficeHours
from videocall.settings import Settings
from videocall.tables import calls, heartbeats, presence

USUAL: Final = ""
"""No team's code: the calendar of those without one of their own."""


async def hear_from(tx: Tx, call: Call, *, now: datetime) -> None:
    """Note that a waiting customer is still there."""
    if call.status is not Status.QUEUED:
        return
    add = insert(heartbeats).values(call_id=call.id, seen_at=now)
    await tx.execute(add.on_conflict_do_update(index_elements=["call_id"], set_={"seen_at": now}))


def office_hours(settings: Settings, team: str) -> OfficeHours:
    """Return a team's calendar."""
    calendar = settings.team_calendars.get(team, settings.calendar)
    return OfficeHours(calendar.days, calendar.spans, settings.last_call, settings.closed_days)


def lost_calls(settings: Settings, now: datetime) -> Select[UUID]:
    """Select the calls whose customers did not come back after the line broke."""
    return select(calls.c.id).where(
        calls.c.status == Status.DROPPED, calls.c.dropped_at <= now - settings.grace
    )


def silent_calls(settings: Settings, since: datetime, now: datetime) -> Select[UUID]:
    """Select the calls of customers who wait, as it seems, but have not been heard of.

    Nobody is called silent for a time in which this process could not hear.
    """
    ago = now - settings.caller_silent_after
    heard = and_(heartbeats.c.call_id == calls.c.id, heartbeats.c.seen_at > ago)
    silent = and_(calls.c.status == Status.QUEUED, ~exists().where(heard))
    return select(calls.c.id).where(silent, literal(ago >= since))


def deserted_calls(settings: Settings, since: datetime, now: datetime) -> Select[UUID]:
    """Select the calls under way whose agents have not been heard of."""
    ago = now - settings.agent_silent_after
    heard = and_(presence.c.agent_id == calls.c.agent_id, presence.c.seen_at > ago)
    deserted = and_(calls.c.status == Status.IN_CALL, ~exists().where(heard))
    return select(calls.c.id).where(deserted, literal(ago >= since))


def overtaken_calls(settings: Settings, now: datetime) -> Select[UUID]:
    """Select the calls that wait for a team that has gone home (G33)."""
    own = settings.team_calendars
    gone = [team for team in own if not office_hours(settings, team).is_open(now)]
    usual = and_(calls.c.team.not_in(own), literal(not office_hours(settings, USUAL).is_open(now)))
    closed = and_(literal(not settings.always_open), or_(calls.c.team.in_(gone), usual))
    return select(calls.c.id).where(calls.c.status == Status.QUEUED, closed)


async def give_up(tx: Tx, call_id: UUID, now: datetime) -> None:
    """End a call whose customer did not come back, or is no longer in the queue (G26)."""
    call = await tx.get_one(Call, call_id)
    await tx.publish(call.abandon(now=now))


async def end_deserted_call(tx: Tx, call_id: UUID, *, settings: Settings, now: datetime) -> None:
    """Free the customer of an agent who vanished; the place is kept."""
    call = await tx.get_one(Call, call_id)
    kept = now + settings.place_kept
    await tx.publish(call.cut_off(AGENT_LOST, place_kept_until=kept, now=now))


async def end_at_closing(tx: Tx, call_id: UUID, *, settings: Settings, now: datetime) -> None:
    """End a waiting that closing time has overtaken; the place is kept until the team is back."""
    call = await tx.get_one(Call, call_id)
    opens_at = office_hours(settings, call.team).opens_after(now)
    kept = (opens_at or now) + settings.place_kept
    await tx.publish(call.cut_off(OFFICE_CLOSED, place_kept_until=kept, opens_at=opens_at, now=now))
