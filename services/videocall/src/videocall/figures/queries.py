"""The figures of each team and day, counted by the database over what is stored (SD.1, SB.3.3)."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from pydantic import BaseModel
from sqlalchemy import text

from events import Region
from kit.clock import VIETNAM
from kit.db import Tx

ANSWERED_WITHIN: Final = timedelta(seconds=30)
"""The wait within which four of five calls should be answered."""
SHORT: Final = timedelta(seconds=10)
"""The wait before which a customer who leaves has hardly waited: such calls count apart."""

CALLS: Final = text(
    """
    with placed as (
        select region, team, (queued_at at time zone :zone)::date as day,
            started_at - queued_at as wait,
            coalesce(wrapped_up_at, ended_at) - started_at as handling,
            case when started_at is null and status = 'ABANDONED'
                then ended_at - queued_at end as patience
        from call
        where queued_at >= :begins and queued_at < :ends and region = any(:regions)
    )
    select region, team, day, count(*) as queued, count(wait) as answered,
        count(*) filter (where wait <= :within) as answered_in_time,
        count(patience) as abandoned,
        count(*) filter (where patience > :short) as abandoned_late,
        count(*) filter (where patience > :within) as abandoned_after_target,
        extract(epoch from avg(wait))::float as mean_wait,
        extract(epoch from avg(handling))::float as mean_handling
    from placed group by region, team, day
    """
)
"""The calls of days by the day on which they were placed in Vietnam."""

AGENTS: Final = text(
    """
    with span as (
        select agent_id, state, began_at, ended_at from agent_state_log
        where ended_at > :begins and began_at < :ends
        union all
        select id, state, since, :now from agent where since < :ends
    ), seat as (
        select agent.id as agent_id, team.code as team from agent cross join team
        where team.region = any(:regions) and case
            when exists (select from team_member where agent_id = agent.id)
            then exists (select from team_member where agent_id = agent.id and team = team.code)
            else jsonb_array_length(agent.regions) = 0 or agent.regions ? team.region end
    ), day as (
        select day::date as day, day at time zone :zone as begins,
            (day + interval '1 day') at time zone :zone as ends
        from generate_series(cast(:first as timestamp), cast(:last as timestamp), '1 day') as day
    ), part as (
        select team, day, state,
            least(span.ended_at, day.ends) - greatest(span.began_at, day.begins) as lasted
        from span join seat using (agent_id)
            join day on span.began_at < day.ends and span.ended_at > day.begins
    )
    select team, day,
        extract(epoch from sum(lasted) filter (
            where state in ('RESERVED', 'BUSY', 'WRAP_UP')))::float as occupied,
        extract(epoch from sum(lasted) filter (
            where state not in ('OFFLINE', 'BREAK')))::float as on_duty
    from part group by team, day
    """
)
"""How long agents were in which state, on each day in Vietnam, for each team they answer for."""


class TeamFigures(BaseModel):
    """A team's day in Vietnam; calls count on the day on which they were placed."""

    team: str
    region: Region
    day: date
    queued: int
    answered: int
    answered_in_time: int
    """Of those, the calls that waited no longer than the target."""
    abandoned: int
    """Calls whose customers left before an agent answered."""
    abandoned_late: int
    """Of those, the calls that had waited more than ten seconds."""
    mean_wait_seconds: float | None
    """From the queue to the answer (ASA), of answered calls."""
    service_level: float | None
    """Answered within the target, of those answered and those abandoned after it."""
    abandonment: float | None
    """Abandoned, of those placed."""
    mean_handling_seconds: float | None
    """From the answer to the end of the paperwork (AHT), of calls that are over."""
    occupancy: float | None
    """Time with a call or its paperwork, of the time at the desk without breaks."""


class Figures(BaseModel):
    """The figures of the caller's teams, the newest day first."""

    items: list[TeamFigures]
    answered_within_seconds: int
    """The target: four of five calls should be answered within it."""


async def figures_of(
    tx: Tx, teams: dict[str, Region], *, last: date, days: int, now: datetime
) -> Figures:
    """Return the figures of teams for some days up to the last; a day without calls has a row."""
    first = last - timedelta(days=days - 1)
    span = {
        "zone": str(VIETNAM),
        "begins": datetime.combine(first, time(), VIETNAM),
        "ends": datetime.combine(last + timedelta(days=1), time(), VIETNAM),
        "regions": sorted(set(teams.values())),
    }
    limits = {"within": ANSWERED_WITHIN, "short": SHORT}
    calls = {(row.team, row.day): row for row in await tx.execute(CALLS, span | limits)}
    agent_span = span | {"now": now, "first": first, "last": last}
    agents = {(row.team, row.day): row for row in await tx.execute(AGENTS, agent_span)}
    order = [last - timedelta(days=back) for back in range(days)]
    return Figures(
        items=[
            _figures(team, region, day, calls.get((team, day)), agents.get((team, day)))
            for day in order
            for team, region in teams.items()
        ],
        answered_within_seconds=int(ANSWERED_WITHIN.total_seconds()),
    )


def today(now: datetime) -> date:
    """Return the day in Vietnam."""
    return now.astimezone(VIETNAM).date()


def _figures(team: str, region: Region, day: date, calls: Any, agents: Any) -> TeamFigures:
    counts = {
        name: getattr(calls, name, 0)
        for name in ("queued", "answered", "answered_in_time", "abandoned", "abandoned_late")
    }
    judged = counts["answered"] + getattr(calls, "abandoned_after_target", 0)
    return TeamFigures(
        team=team,
        region=region,
        day=day,
        **counts,
        mean_wait_seconds=getattr(calls, "mean_wait", None),
        service_level=_share(counts["answered_in_time"], judged),
        abandonment=_share(counts["abandoned"], counts["queued"]),
        mean_handling_seconds=getattr(calls, "mean_handling", None),
        occupancy=_share(
            getattr(agents, "occupied", None) or 0, getattr(agents, "on_duty", None) or 0
        ),
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
