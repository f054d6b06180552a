"""The calls that wait: who is there, in which order they are answered, and by whom."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select

from kit.auth import Caller
from videocall.calls.states import WAITING, Status
from videocall.overflows.queries import reaches
from videocall.settings import Settings
from videocall.tables import calls, heartbeats, members

ORDER: Final = (calls.c.priority.desc(), calls.c.queued_at, calls.c.id)
"""The order of answering: by priority, then by time of arrival."""


def still_there(
    settings: Settings, now: datetime, *, among: tuple[Status, ...] = WAITING
) -> ColumnElement[bool]:
    """Select the calls of customers who wait and have been heard of just now."""
    fresh_heartbeat = and_(
        heartbeats.c.call_id == calls.c.id,
        heartbeats.c.seen_at > now - settings.caller_silent_after,
    )
    return and_(calls.c.status.in_(among), exists().where(fresh_heartbeat))


def waiting_for(agent: Caller, now: datetime) -> ColumnElement[bool]:
    """Select the calls an agent may be offered: of their regions, and of their teams if any.

    A call that has waited for a team overflows by rules (SD.4). The matcher decides the same by
    `matching.domain`.
    """
    own_teams = select(members.c.team).where(members.c.agent_id == agent.subject_id)
    own = or_(calls.c.team.in_(own_teams), ~own_teams.exists())
    if agent.regions:
        own = and_(own, calls.c.region.in_(agent.regions))
    return or_(own, reaches(agent, now))
