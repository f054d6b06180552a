"""Reservations of agents, as rows."""

from uuid import UUID

from sqlalchemy import select

from kit.db import Tx
from videocall.agents.domain import ReservationState
from videocall.tables import reservations


async def rings_at(tx: Tx, call_id: UUID, agent_id: UUID) -> bool:
    """Tell whether a call rings at an agent's desk now."""
    rung = select(reservations.c.epoch).where(
        reservations.c.call_id == call_id,
        reservations.c.agent_id == agent_id,
        reservations.c.state == ReservationState.OFFERED,
    )
    return await tx.scalar(rung) is not None
