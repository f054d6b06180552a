"""The figures of the regions at this moment."""

from collections import Counter
from datetime import datetime, time, timedelta
from typing import Any, Final

from pydantic import BaseModel
from sqlalchemy import func, select

from events import Region
from kit.auth import Caller
from kit.clock import VIETNAM
from kit.db import Tx
from videocall.agents.domain import REGIONS, AgentState
from videocall.calls.queries import still_there
from videocall.calls.states import IN_HAND, Status
from videocall.hours.domain import EVERY_TEAM
from videocall.hours.queries import hours_of
from videocall.settings import Settings
from videocall.tables import agents, calls

ANSWER_WITHIN: Final = timedelta(seconds=60)
"""The wait within which four of five calls should be answered in office hours."""
UNANSWERED: Final = 3
"""A call that has rung in vain so often needs a supervisor's eye."""


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
    hours = await hours_of(tx, EVERY_TEAM, settings=settings)
    is_open = hours.is_open(now)
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
