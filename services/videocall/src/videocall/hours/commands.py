"""Setting a team's week and the hours of single days, from one moment to the next (SD.1, G33)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from events import Region
from kit.auth import Caller
from kit.clock import VIETNAM
from kit.db import Tx
from kit.errors import Invalid
from videocall.edits.commands import note_edit
from videocall.hours.domain import EVERY_TEAM, DaySpan
from videocall.tables import calendars, exception_days
from videocall.teams.queries import check_head_office, region_of

AHEAD: Final = timedelta(days=366)
"""Hours of single days are set so far ahead."""


@dataclass(eq=False)
class HoursOverlap(Invalid):
    """Each part of a day ends after it begins, and before the next one begins."""

    opens: str
    closes: str


@dataclass(eq=False)
class DayOutOfReach(Invalid):
    """The hours of a day are set from today on, a year ahead."""

    day: date


async def set_week(
    tx: Tx, team: str, week: Sequence[Sequence[DaySpan]] | None, *, caller: Caller, now: datetime
) -> None:
    """Set a team's week from now on; None lets it follow that of all teams again."""
    region = await _region(tx, team, caller)
    await tx.advisory_lock("hours", team)
    of_team = calendars.c.team == team
    before = await tx.scalar(select(calendars.c.week).where(of_team))
    after = None if week is None else [_stored(spans) for spans in week]
    if after is None:
        await tx.execute(delete(calendars).where(of_team))
    else:
        row = {"week": after, "changed_by": caller.subject_id, "changed_at": now}
        add = insert(calendars).values(team=team, **row)
        await tx.execute(add.on_conflict_do_update(index_elements=["team"], set_=row))
    if before != after:
        await note_edit(
            tx, caller, "HOURS", team, region=region, before=before, after=after, now=now
        )


async def set_day(
    tx: Tx,
    team: str,
    day: date,
    spans: Sequence[DaySpan] | None,
    note: str = "",
    *,
    caller: Caller,
    now: datetime,
) -> None:
    """Set the hours of one day, none for a day off; None lets the day follow the calendar again."""
    region = await _region(tx, team, caller)
    today = now.astimezone(VIETNAM).date()
    if not today <= day <= today + AHEAD:
        raise DayOutOfReach(day)
    await tx.advisory_lock("hours", team)
    that_day = (exception_days.c.team == team) & (exception_days.c.day == day)
    stored = select(exception_days.c.spans, exception_days.c.note).where(that_day)
    row = (await tx.execute(stored)).one_or_none()
    before = {"spans": row.spans, "note": row.note} if row else None
    after = None if spans is None else {"spans": _stored(spans), "note": note}
    if after is None:
        await tx.execute(delete(exception_days).where(that_day))
    else:
        values = after | {"changed_by": caller.subject_id, "changed_at": now}
        add = insert(exception_days).values(team=team, day=day, **values)
        await tx.execute(add.on_conflict_do_update(index_elements=["team", "day"], set_=values))
    if before != after:
        subject = f"{team} {day.isoformat()}"
        await note_edit(
            tx, caller, "EXCEPTION_DAY", subject, region=region, before=before, after=after, now=now
        )


async def _region(tx: Tx, team: str, caller: Caller) -> Region | None:
    """Return the region of a team that is the caller's to change, None for all teams."""
    if team != EVERY_TEAM:
        return await region_of(tx, team, caller)
    check_head_office(caller)
    return None


def _stored(spans: Sequence[DaySpan]) -> list[list[str]]:
    for span in spans:
        if span.opens >= span.closes:
            raise HoursOverlap(span.opens, span.closes)
    for earlier, later in pairwise(spans):
        if earlier.closes > later.opens:
            raise HoursOverlap(later.opens, later.closes)
    return [[span.opens, span.closes] for span in spans]
