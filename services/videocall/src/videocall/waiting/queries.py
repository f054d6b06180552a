"""The order of answering, and what it means for each who waits."""

import math
from datetime import datetime
from statistics import median
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from kit.auth import Caller
from kit.db import Tx
from videocall.calls.domain import Call
from videocall.calls.states import Status
from videocall.settings import Settings
from videocall.tables import calls, heartbeats, members, presence

RECENT: Final = 30
ORDER: Final = (calls.c.returning.desc(), calls.c.queued_at, calls.c.id)
"""Those cut off without fault first, then by time of arrival."""


def still_there(settings: Settings, now: datetime) -> ColumnElement[bool]:
    """Select the calls of customers who wait and have been heard of just now."""
    heard = and_(
        heartbeats.c.call_id == calls.c.id,
        heartbeats.c.seen_at > now - settings.caller_silent_after,
    )
    return and_(calls.c.status == Status.QUEUED, exists().where(heard))


def offered_to(agent: Caller, settings: Settings, now: datetime) -> ColumnElement[bool]:
    """Select what an agent may be offered: of their regions, and of their teams if any.

    Who has waited too long for a team overflows to every agent of the region (SD.4).
    """
    own = select(members.c.team).where(members.c.agent_id == agent.subject_id)
    overflows = calls.c.queued_at <= now - settings.overflow_after
    of_team = or_(calls.c.team.in_(own), ~own.exists(), overflows)
    return and_(of_team, calls.c.region.in_(agent.regions)) if agent.regions else of_team


async def position(tx: Tx, call: Call, *, settings: Settings, now: datetime) -> int:
    """Return a place in the queue by the same order in which the team answers."""
    sooner = or_(
        calls.c.queued_at < call.queued_at,
        and_(calls.c.queued_at == call.queued_at, calls.c.id < call.id),
    )
    before = and_(calls.c.returning, sooner) if call.returning else or_(calls.c.returning, sooner)
    same = and_(calls.c.region == call.region, calls.c.team == call.team)
    ahead = select(func.count()).where(still_there(settings, now), same, before)
    return 1 + (await tx.scalar(ahead) or 0)


async def wait_seconds(
    tx: Tx, call: Call, position: int, *, settings: Settings, now: datetime
) -> int:
    """Estimate a wait: rounds until it is your turn, times what recent calls took."""
    ended = select(calls.c.ended_at - calls.c.started_at).where(
        calls.c.region == call.region,
        calls.c.started_at.is_not(None),
        calls.c.ended_at.is_not(None),
    )
    recent = (await tx.scalars(ended.order_by(calls.c.ended_at.desc()).limit(RECENT))).all()
    usual = settings.usual_call.total_seconds()
    handling = median(took.total_seconds() for took in recent) if recent else usual
    agents = await _agents_for(tx, call, settings, now)
    return int(math.ceil(position / max(1, agents)) * handling)


async def _agents_for(tx: Tx, call: Call, settings: Settings, now: datetime) -> int:
    """Count the agents at the desk who may be offered this call."""
    teams = select(func.array_agg(members.c.team)).where(members.c.agent_id == presence.c.agent_id)
    seen = select(presence.c.regions, teams.scalar_subquery()).where(
        presence.c.seen_at > now - settings.seen_within
    )
    return sum(
        (not regions or call.region in regions) and (not own or call.team in own)
        for regions, own in await tx.execute(seen)
    )
