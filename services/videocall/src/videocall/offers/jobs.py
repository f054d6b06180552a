"""Jobs about offers that run out, and about agents who are away."""

from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy import Select, and_, exists, literal, select

from kit.db import Tx
from kit.jobs import Jobs
from kit.uptime import Uptime
from videocall.agents.commands import agent_of
from videocall.agents.domain import AgentState, ReservationState
from videocall.calls.domain import Call
from videocall.calls.states import Status
from videocall.offers import commands
from videocall.settings import Settings
from videocall.tables import agents, calls, presence, reservations

IDLE: Final = (AgentState.AVAILABLE, AgentState.WRAP_UP, AgentState.BREAK)


def add_to(jobs: Jobs, settings: Settings, uptime: Uptime) -> None:
    """Add the jobs of a process that hears agents while it is up."""

    @jobs.each_row(1.0, _expired_offers)
    async def end_expired_offers(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Let calls that nobody answered in time ring elsewhere, and their agents take a break."""
        call = await tx.get_one(Call, call_id)
        await commands.miss(tx, call, settings=settings, now=now)

    @jobs.each_row(1.0, partial(_silent_agents, settings, uptime))
    async def note_absent_agents(tx: Tx, agent_id: UUID, now: datetime) -> None:
        """Take agents off duty whose desks have not been heard of."""
        (await agent_of(tx, agent_id)).leave(now=now)


def _expired_offers(now: datetime) -> Select[UUID]:
    """Select the calls whose offers have run out."""
    expired = and_(
        reservations.c.call_id == calls.c.id,
        reservations.c.state == ReservationState.OFFERED,
        reservations.c.expires_at <= now,
    )
    return select(calls.c.id).where(calls.c.status == Status.OFFERED, exists().where(expired))


def _silent_agents(settings: Settings, uptime: Uptime, now: datetime) -> Select[UUID]:
    """Select the agents without a call who have not been heard of.

    Nobody is called silent for a time in which this process could not hear.
    """
    cutoff = now - settings.agent_silent_after
    heard = and_(presence.c.agent_id == agents.c.id, presence.c.seen_at > cutoff)
    silent = and_(agents.c.state.in_(IDLE), ~exists().where(heard))
    return select(agents.c.id).where(silent, literal(uptime.covers(cutoff)))
