"""HTTP: the calendars of the call teams, which supervisors change (SD.1, G33)."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, Field

from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from videocall.hours import commands, queries
from videocall.hours.commands import DayOutOfReach, HoursOverlap
from videocall.hours.domain import DaySpan
from videocall.hours.queries import DaysAhead, OfficeCalendar
from videocall.settings import RequestSettings
from videocall.teams.queries import HeadOfficeOnly, NoSuchTeam

router = APIRouter(prefix="/v1/staff/office-hours", tags=["hours"])

Supervisor = Annotated[Caller, Depends(staff("region_manager", "auditor", "admin", "sre"))]
Manager = Annotated[Caller, Depends(staff("region_manager", "admin"))]
TeamCode = Annotated[
    str, Path(pattern=r"^(\*|[A-Z0-9][A-Z0-9-]{1,31})$", description="`*` for all teams")
]
SpansOfDay = Annotated[list[DaySpan], Field(max_length=4)]
Weeks = Annotated[list[SpansOfDay], Field(min_length=7, max_length=7)]

REFUSALS = problems(NoSuchTeam, HeadOfficeOnly, WrongRole)


class Week(BaseModel):
    """A week's hours."""

    week: Weeks | None
    """Seven days, Monday first; null lets the team follow the week of all teams."""


class ExceptionDay(BaseModel):
    """The hours of one day; without any it is a day off."""

    spans: SpansOfDay
    note: str = Field(min_length=1, max_length=120)
    """The reason, as staff read it."""


@router.get("", summary="When teams answer", responses=problems(WrongRole))
async def read_office_hours(
    supervisor: Supervisor, tx: Transaction, settings: RequestSettings
) -> OfficeCalendar:
    """Show the week of each team of your regions, and whether it answers now."""
    return await queries.office_calendar(tx, supervisor, settings=settings, now=clock.now())


@router.get(
    "/{team}/days", summary="A team's weeks ahead", responses=problems(NoSuchTeam, WrongRole)
)
async def read_days(
    team: TeamCode, supervisor: Supervisor, tx: Transaction, settings: RequestSettings
) -> DaysAhead:
    """Show each day of eight weeks: its hours, and holiday, swapped day or exception by name."""
    return await queries.days_ahead(tx, team, supervisor, settings=settings, now=clock.now())


@router.put("/{team}/week", status_code=204, responses=REFUSALS | problems(HoursOverlap))
async def set_week(team: TeamCode, body: Week, manager: Manager, tx: Transaction) -> None:
    """Set a team's week; it counts at once, and the change is written down."""
    await commands.set_week(tx, team, body.week, caller=manager, now=clock.now())


@router.put(
    "/{team}/days/{day}",
    status_code=204,
    responses=REFUSALS | problems(HoursOverlap, DayOutOfReach),
)
async def set_day(
    team: TeamCode, day: date, body: ExceptionDay, manager: Manager, tx: Transaction
) -> None:
    """Set the hours of one day, before holidays and the week; a day without hours is off."""
    await commands.set_day(tx, team, day, body.spans, body.note, caller=manager, now=clock.now())


@router.delete("/{team}/days/{day}", status_code=204, responses=REFUSALS | problems(DayOutOfReach))
async def drop_day(team: TeamCode, day: date, manager: Manager, tx: Transaction) -> None:
    """Let a day follow the calendar again."""
    await commands.set_day(tx, team, day, None, caller=manager, now=clock.now())
