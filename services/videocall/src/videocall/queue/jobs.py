"""Jobs that keep the queue true. A job has locked the call; the agent is locked after that."""

from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import Select, and_, exists, literal, select

from kit.db import Tx
from kit.jobs import Jobs
from kit.uptime import Uptime
from videocall.calls.domain import Call
from videocall.calls.states import WAITING, Status
from videocall.hours.queries import closed_teams
from videocall.queue import commands
from videocall.settings import Settings
from videocall.tables import calls, heartbeats, presence


def add_to(jobs: Jobs, settings: Settings, uptime: Uptime) -> None:
    """Add the jobs of a process that hears callers and agents while it is up."""

    @jobs.each_row(1.0, partial(_lost_calls, settings))
    async def abandon_lost_calls(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Free agents whose customers did not come back after the line broke."""
        call = await tx.get_one(Call, call_id)
        await commands.give_up(tx, call, settings=settings, now=now)

    @jobs.each_row(1.0, partial(_silent_calls, settings, uptime))
    async def abandon_silent_calls(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Take customers out of the queue who are no longer there."""
        call = await tx.get_one(Call, call_id)
        await commands.give_up(tx, call, settings=settings, now=now)

    @jobs.each_row(2.0, partial(_deserted_calls, settings, uptime))
    async def end_deserted_calls(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Free the customers of agents who vanished."""
        call = await tx.get_one(Call, call_id)
        await commands.end_deserted_call(tx, call, settings=settings, now=now)

    @jobs.each_row_found(10.0, partial(_overtaken_calls, settings))
    async def close_queues(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Tell the customers who still wait at closing time when the team is back."""
        call = await tx.get_one(Call, call_id)
        await commands.end_at_closing(tx, call, settings=settings, now=now)


def _lost_calls(settings: Settings, now: datetime) -> Select[UUID]:
    """Select the calls whose customers did not come back after the line broke."""
    return select(calls.c.id).where(
        calls.c.status == Status.DROPPED, calls.c.dropped_at <= now - settings.grace
    )


def _silent_calls(settings: Settings, uptime: Uptime, now: datetime) -> Select[UUID]:
    """Select the calls of customers who wait, as it seems, but have not been heard of.

    Nobody is called silent for a time in which this process could not hear.
    """
    cutoff = now - settings.caller_silent_after
    fresh_heartbeat = and_(heartbeats.c.call_id == calls.c.id, heartbeats.c.seen_at > cutoff)
    silent = and_(calls.c.status.in_(WAITING), ~exists().where(fresh_heartbeat))
    return select(calls.c.id).where(silent, literal(uptime.covers(cutoff)))


def _deserted_calls(settings: Settings, uptime: Uptime, now: datetime) -> Select[UUID]:
    """Select the calls under way whose agents have not been heard of."""
    cutoff = now - settings.agent_silent_after
    agent_at_desk = and_(presence.c.agent_id == calls.c.agent_id, presence.c.seen_at > cutoff)
    held = calls.c.status.in_((Status.CONNECTING, Status.IN_CALL))
    deserted = and_(held, ~exists().where(agent_at_desk))
    return select(calls.c.id).where(deserted, literal(uptime.covers(cutoff)))


async def _overtaken_calls(settings: Settings, tx: Tx, now: datetime) -> Select[UUID]:
    """Select the calls that wait for a team that has gone home (G33)."""
    closed = await closed_teams(tx, settings=settings, now=now)
    return select(calls.c.id).where(calls.c.status == Status.QUEUED, calls.c.team.in_(closed))
