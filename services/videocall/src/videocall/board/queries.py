"""The figures of the regions at this moment, and the calendars by which teams answer."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Final

from pydantic import BaseModel, Field
from sqlalchemy import func, select

from events import Region
from kit.auth import Caller
from kit.clock import VIETNAM
from kit.db import Tx
from videocall.agents.domain import REGIONS, AgentState
from videocall.calls.queries import still_there
from videocall.calls.states import IN_HAND, Status
from videocall.hours.domain import HOLIDAYS
from videocall.settings import Calendar, Settings
from videocall.tables import agents, calls

ANSWER_WITHIN: Final = timedelta(seconds=60)
"""The wait within which four of five calls should be answered in office hours."""
UNANSWERED: Final = 3
"""A call that has rung in vain so often needs a supervisor's eye."""
AHEAD: Final = timedelta(days=366)
"""Holidays are shown so far ahead."""


class RegionBoard(BaseModel):
    """A region's queue, agents and day; the day is since midnight in Vietnam."""

    region: Region
    waiting: int
    longest_wait_seconds: int
    """0 while nobody waits."""
    unanswered: int
    """Of the waiting calls, those that rang in vain at three desks or more."""
    in_call: int
    agents: dict[str, int]
    """Agents at their desks by state: AVAILABLE, RESERVED, BUSY, WRAP_UP, BREAK."""
    answered: int
    answered_in_time: int
    """Of those, the calls that waited a minute at most."""
    abandoned: int
    """Calls of today that ended before an agent answered, whoever ended them."""


class Board(BaseModel):
    """The regions that a supervisor covers, as they stand now."""

    items: list[RegionBoard]
    answer_within_seconds: int
    open: bool
    """Whether teams without a calendar of their own answer now."""
    opens_at: datetime | None


TimeOfDay = Annotated[str, Field(pattern=r"^\d\d:\d\d$", examples=["08:00"])]
"""A time of a day without a date or zone, which JSON Schema's format `time` does not have."""


class DaySpan(BaseModel):
    """A part of the day in which a team answers, in Vietnam's time."""

    opens: TimeOfDay
    closes: TimeOfDay


class TeamCalendar(BaseModel):
    """The days (Monday is 0) and hours of a team; without a team, of all that have no own."""

    team: str | None
    days: list[int]
    spans: list[DaySpan]


class DayOff(BaseModel):
    """A day on which no team answers."""

    day: date
    name: str | None
    """The public holiday's; null for a day that the operator closes by itself."""


class OfficeCalendar(BaseModel):
    """Office hours and days off, as the settings of this service say (SD.1)."""

    always_open: bool
    last_call_seconds: int
    calendars: list[TeamCalendar]
    days_off: list[DayOff]


async def board(tx: Tx, supervisor: Caller, *, settings: Settings, now: datetime) -> Board:
    """Return the figures of the supervisor's regions."""
    midnight = datetime.combine(now.astimezone(VIETNAM).date(), time(), VIETNAM)
    waiting = await _by_region(
        tx,
        still_there(settings, now),
        func.count(),
        func.min(calls.c.queued_at),
        func.count().filter(calls.c.missed_offers >= UNANSWERED),
    )
    busy = await _by_region(tx, calls.c.status.in_(IN_HAND), func.count())
    in_time = calls.c.started_at - calls.c.queued_at <= ANSWER_WITHIN
    today = await _by_region(
        tx, calls.c.started_at >= midnight, func.count(), func.count().filter(in_time)
    )
    lost = calls.c.started_at.is_(None) & calls.c.status.in_(
        (Status.ABANDONED, Status.RETRY_NEEDED)
    )
    abandoned = await _by_region(tx, lost & (calls.c.ended_at >= midnight), func.count())
    at_desks = await _agents(tx)
    hours = settings.office_hours()
    is_open = settings.always_open or hours.is_open(now)
    items = []
    for region in filter(supervisor.covers, REGIONS):
        count, since, unanswered = waiting.get(region, (0, None, 0))
        answered, answered_in_time = today.get(region, (0, 0))
        items.append(
            RegionBoard(
                region=region,
                waiting=count,
                longest_wait_seconds=int((now - since).total_seconds()) if since else 0,
                unanswered=unanswered,
                in_call=busy.get(region, (0,))[0],
                agents=dict(at_desks[region]),
                answered=answered,
                answered_in_time=answered_in_time,
                abandoned=abandoned.get(region, (0,))[0],
            )
        )
    return Board(
        items=items,
        answer_within_seconds=int(ANSWER_WITHIN.total_seconds()),
        open=is_open,
        opens_at=None if is_open else hours.opens_after(now),
    )


async def _by_region(tx: Tx, condition: Any, *figures: Any) -> dict[str, tuple[Any, ...]]:
    rows = await tx.execute(
        select(calls.c.region, *figures).where(condition).group_by(calls.c.region)
    )
    return {region: tuple(values) for region, *values in rows}


async def _agents(tx: Tx) -> dict[str, Counter[str]]:
    """Count the agents at their desks by state; one of several regions counts in each."""
    at_desks = select(agents.c.regions, agents.c.state).where(agents.c.state != AgentState.OFFLINE)
    counted: dict[str, Counter[str]] = {region: Counter() for region in REGIONS}
    for regions, state in await tx.execute(at_desks):
        for region in regions or counted:
            counted[region][state] += 1
    return counted


def office_calendar(settings: Settings, *, now: datetime) -> OfficeCalendar:
    """Return the hours of all teams and the days off of the year to come."""
    today = now.astimezone(VIETNAM).date()
    days = [today + timedelta(days=ahead) for ahead in range(AHEAD.days)]
    named: list[tuple[str | None, Calendar]] = [(None, settings.calendar)]
    named += sorted(settings.team_calendars.items())
    return OfficeCalendar(
        always_open=settings.always_open,
        last_call_seconds=int(settings.last_call.total_seconds()),
        calendars=[
            TeamCalendar(
                team=team,
                days=sorted(calendar.days),
                spans=[_span(*span) for span in calendar.spans],
            )
            for team, calendar in named
        ],
        days_off=[
            DayOff(day=day, name=HOLIDAYS.get(day))
            for day in days
            if day in HOLIDAYS or day in settings.closed_days
        ],
    )


def _span(opens: time, closes: time) -> DaySpan:
    return DaySpan(opens=opens.isoformat("minutes"), closes=closes.isoformat("minutes"))
