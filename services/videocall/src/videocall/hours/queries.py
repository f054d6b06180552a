"""Reading the calendars of teams: a team's own counts before that of all teams."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from events import Region
from kit.auth import Caller
from kit.clock import VIETNAM
from kit.db import Tx
from videocall.hours.domain import (
    EVERY_TEAM,
    HOLIDAYS,
    USUAL_WEEK,
    DayKind,
    DaySpan,
    OfficeHours,
    Spans,
)
from videocall.settings import Settings
from videocall.tables import calendars, exception_days, teams
from videocall.teams.queries import region_of, teams_of

WEEKS_AHEAD: Final = 8


class TeamCalendar(BaseModel):
    """A team's calendar in short; without a team, that of all teams that have none of their own."""

    team: str | None
    region: Region | None
    own: bool
    """Whether the week is this team's own."""
    week: list[list[DaySpan]]
    """The hours of seven days, Monday first."""
    open: bool
    opens_at: datetime | None
    changed_by: UUID | None
    changed_at: datetime | None
    """When and by whom the week was last set; null for the one that everything began with."""


class OfficeCalendar(BaseModel):
    """The calendars of the caller's teams (SD.1, G33)."""

    always_open: bool
    """Calls are taken at any hour here, whatever the calendars say."""
    last_call_seconds: int
    items: list[TeamCalendar]


class Day(BaseModel):
    """A day ahead: its hours, and the reason for them."""

    day: date
    spans: list[DaySpan]
    kind: DayKind
    name: str | None
    """The public holiday's name, or the note of who set the hours of this day."""
    of_all_teams: bool
    """An exception of all teams, not of this one."""
    changed_by: UUID | None
    changed_at: datetime | None


class DaysAhead(BaseModel):
    """The weeks ahead of a team, from this Monday on."""

    items: list[Day]


async def hours_of(tx: Tx, team: str, *, settings: Settings) -> OfficeHours:
    """Return a team's calendar."""
    return (await hours_of_teams(tx, [team], settings=settings))[team]


async def hours_of_teams(
    tx: Tx, of: Sequence[str], *, settings: Settings
) -> dict[str, OfficeHours]:
    """Return the calendars of teams; a team's own week or day counts before that of all."""
    codes = (*of, EVERY_TEAM)
    week_rows = await tx.execute(
        select(calendars.c.team, calendars.c.week).where(calendars.c.team.in_(codes))
    )
    weeks = {team: tuple(spans_from(day) for day in week) for team, week in week_rows}
    day_rows = await tx.execute(
        select(exception_days.c.team, exception_days.c.day, exception_days.c.spans).where(
            exception_days.c.team.in_(codes)
        )
    )
    days: dict[str, dict[date, Spans]] = {team: {} for team in codes}
    for team, day, spans in day_rows:
        days[team][day] = spans_from(spans)
    of_all = weeks.get(EVERY_TEAM, USUAL_WEEK)
    return {
        team: OfficeHours(
            weeks.get(team, of_all),
            days[EVERY_TEAM] | days[team],
            settings.last_call,
            settings.always_open,
        )
        for team in codes
    }


async def closed_teams(tx: Tx, *, settings: Settings, now: datetime) -> list[str]:
    """Return the teams that have gone home."""
    known = (await tx.scalars(select(teams.c.code))).all()
    hours = await hours_of_teams(tx, known, settings=settings)
    return [team for team in known if not hours[team].is_open(now)]


async def office_calendar(
    tx: Tx, supervisor: Caller, *, settings: Settings, now: datetime
) -> OfficeCalendar:
    """Return the calendars of the caller's teams, that of all teams first."""
    own = await teams_of(tx, supervisor)
    hours = await hours_of_teams(tx, list(own), settings=settings)
    rows = await tx.execute(
        select(calendars.c.team, calendars.c.changed_by, calendars.c.changed_at)
    )
    changed = {row.team: row for row in rows}
    items = [
        _calendar(team, own.get(team), hours[team], changed.get(team), now)
        for team in (EVERY_TEAM, *own)
    ]
    return OfficeCalendar(
        always_open=settings.always_open,
        last_call_seconds=int(settings.last_call.total_seconds()),
        items=items,
    )


async def days_ahead(
    tx: Tx, team: str, supervisor: Caller, *, settings: Settings, now: datetime
) -> DaysAhead:
    """Return the weeks ahead of a team of the caller's, or of all teams."""
    if team != EVERY_TEAM:
        await region_of(tx, team, supervisor)
    hours = await hours_of(tx, team, settings=settings)
    rows = await tx.execute(
        select(exception_days).where(exception_days.c.team.in_((team, EVERY_TEAM)))
    )
    exceptions = {(row.team, row.day): row for row in rows}
    today = now.astimezone(VIETNAM).date()
    monday = today - timedelta(days=today.weekday())
    return DaysAhead(
        items=[
            _day(
                day,
                hours,
                exceptions.get((team, day)) or exceptions.get((EVERY_TEAM, day)),
                team,
            )
            for day in (monday + timedelta(days=ahead) for ahead in range(7 * WEEKS_AHEAD))
        ]
    )


def spans_from(stored: list[list[str]]) -> Spans:
    """Read spans as they are stored: `[["08:00", "12:00"]]`."""
    return tuple(
        (time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in stored
    )


def shown(spans: Spans) -> list[DaySpan]:
    """Shape spans for a client."""
    return [
        DaySpan(opens=opens.isoformat("minutes"), closes=closes.isoformat("minutes"))
        for opens, closes in spans
    ]


def _calendar(
    team: str, region: Region | None, hours: OfficeHours, changed: Any, now: datetime
) -> TeamCalendar:
    is_open = hours.is_open(now)
    return TeamCalendar(
        team=None if team == EVERY_TEAM else team,
        region=region,
        own=changed is not None,
        week=[shown(spans) for spans in hours.week],
        open=is_open,
        opens_at=None if is_open else hours.opens_after(now),
        changed_by=changed.changed_by if changed else None,
        changed_at=changed.changed_at if changed else None,
    )


def _day(day: date, hours: OfficeHours, exception: Any, team: str) -> Day:
    return Day(
        day=day,
        spans=shown(hours.spans_on(day)),
        kind=hours.kind_of(day),
        name=exception.note if exception else HOLIDAYS.get(day),
        of_all_teams=exception is not None and exception.team != team,
        changed_by=exception.changed_by if exception else None,
        changed_at=exception.changed_at if exception else None,
    )
