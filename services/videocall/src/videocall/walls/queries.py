"""The wall as one document: teams, their agents, the calls that wait or are in hand."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from events import Region
from kit.auth import Caller
from kit.db import Tx
from videocall.agents.domain import AgentState, ShownBreakReason
from videocall.calls.domain import Call
from videocall.calls.queries import ORDER, still_there
from videocall.calls.states import IN_HAND, Status
from videocall.figures.queries import TeamFigures, figures_of, today
from videocall.hours.domain import OfficeHours
from videocall.hours.queries import hours_of_teams
from videocall.recordings.domain import RecordingState
from videocall.recordings.queries import recording_of
from videocall.settings import Settings
from videocall.tables import agents, calls, members
from videocall.teams.queries import teams_of

MOST: Final = 200
"""So many waiting calls are listed; all are counted."""


class TeamLine(BaseModel):
    """A team at this moment, and its day so far."""

    team: str
    region: Region
    open: bool
    opens_at: datetime | None
    waiting: int
    longest_wait_seconds: int
    in_call: int
    agents: dict[str, int]
    """Agents who answer for the team, by state; those off duty are left out."""
    today: TeamFigures


class AgentLine(BaseModel):
    """An agent at the desk, and since when in this state."""

    agent_id: UUID
    regions: list[Region]
    teams: list[str]
    state: AgentState
    reason_code: ShownBreakReason | None
    since: datetime
    next_state: AgentState | None
    call_id: UUID | None


class CallLine(BaseModel):
    """A call that waits or is in hand."""

    call_id: UUID
    hold_id: UUID
    region: Region
    team: str
    status: Status
    queued_at: datetime
    started_at: datetime | None
    agent_id: UUID | None
    missed_offers: int
    recording: RecordingState
    """The recording light; NONE while nobody has answered."""


class Wall(BaseModel):
    """The regions of a supervisor at this moment."""

    teams: list[TeamLine]
    agents: list[AgentLine]
    waiting: list[CallLine]
    in_call: list[CallLine]
    answered_within_seconds: int


async def wall(tx: Tx, supervisor: Caller, *, settings: Settings, now: datetime) -> Wall:
    """Return the wall of the caller's regions."""
    own = await teams_of(tx, supervisor)
    hours = await hours_of_teams(tx, list(own), settings=settings)
    figures = await figures_of(tx, own, last=today(now), days=1, now=now)
    at_desks = await _agents(tx, supervisor)
    of_regions = calls.c.region.in_(sorted(set(own.values())))
    waits = still_there(settings, now)
    queue = (await tx.scalars(select(Call).where(waits, of_regions).order_by(*ORDER))).all()
    in_hand = select(Call).where(calls.c.status.in_(IN_HAND), of_regions)
    talking = (await tx.scalars(in_hand.order_by(calls.c.started_at))).all()
    return Wall(
        teams=[
            _team(line, hours[line.team], queue, talking, at_desks, now) for line in figures.items
        ],
        agents=at_desks,
        waiting=[_call(call, RecordingState.NONE) for call in queue[:MOST]],
        in_call=[_call(call, await _light(tx, call, settings, now)) for call in talking],
        answered_within_seconds=figures.answered_within_seconds,
    )


async def _agents(tx: Tx, supervisor: Caller) -> list[AgentLine]:
    """Return the agents at their desks, those longest in their state first."""
    rows = await tx.execute(select(members.c.agent_id, members.c.team))
    teams: dict[UUID, list[str]] = {}
    for agent_id, team in rows:
        teams.setdefault(agent_id, []).append(team)
    at_desks = select(agents).where(agents.c.state != AgentState.OFFLINE).order_by(agents.c.since)
    return [
        AgentLine(
            agent_id=row.id,
            regions=row.regions,
            teams=sorted(teams.get(row.id, [])),
            state=row.state,
            reason_code=row.reason_code,
            since=row.since,
            next_state=row.next_state,
            call_id=row.call_id,
        )
        for row in await tx.execute(at_desks)
        if not row.regions or any(map(supervisor.covers, row.regions))
    ]


def _team(
    figures: TeamFigures,
    hours: OfficeHours,
    queue: Sequence[Call],
    talking: Sequence[Call],
    at_desks: Sequence[AgentLine],
    now: datetime,
) -> TeamLine:
    team, region = figures.team, figures.region
    waits = [now - call.queued_at for call in queue if call.team == team]
    is_open = hours.is_open(now)
    own = (agent for agent in at_desks if _answers_for(agent, team, region))
    return TeamLine(
        team=team,
        region=region,
        open=is_open,
        opens_at=None if is_open else hours.opens_after(now),
        waiting=len(waits),
        longest_wait_seconds=int(max(waits).total_seconds()) if waits else 0,
        in_call=sum(call.team == team for call in talking),
        agents=dict(Counter(agent.state.value for agent in own)),
        today=figures,
    )


def _answers_for(agent: AgentLine, team: str, region: Region) -> bool:
    if agent.teams:
        return team in agent.teams
    return not agent.regions or region in agent.regions


async def _light(tx: Tx, call: Call, settings: Settings, now: datetime) -> RecordingState:
    recording = await recording_of(tx, call.id)
    return recording.state(now=now, stalled_after=settings.recording_stalled_after)


def _call(call: Call, recording: RecordingState) -> CallLine:
    return CallLine(
        call_id=call.id,
        hold_id=call.hold_id,
        region=call.region,
        team=call.team,
        status=call.status,
        queued_at=call.queued_at,
        started_at=call.started_at,
        agent_id=call.agent_id,
        missed_offers=call.missed_offers,
        recording=recording,
    )
