"""Noting that agents are at the desk, and how ready they are."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from kit import clock
from kit.auth import Caller, staff
from kit.db import Transaction, Tx
from videocall.shifts.domain import BreakReason, OnBreak, Readiness
from videocall.tables import presence


async def be_seen(tx: Tx, agent: Caller, *, now: datetime) -> None:
    """Note that an agent is at the desk; the first sight of an agent finds them ready.

    This locks the agent's row: one agent with two open windows is one agent, in turns.
    """
    row = {"regions": sorted(agent.regions), "seen_at": now}
    add = insert(presence).values(agent_id=agent.subject_id, since=now, **row)
    await tx.execute(add.on_conflict_do_update(index_elements=["agent_id"], set_=row))


async def _at_the_desk(
    agent: Annotated[Caller, Depends(staff("call_agent"))], tx: Transaction
) -> Caller:
    await be_seen(tx, agent, now=clock.now())
    return agent


Agent = Annotated[Caller, Depends(_at_the_desk)]
"""A call agent; each request of theirs notes that they are at the desk."""


async def change_readiness(
    tx: Tx,
    agent: Caller,
    readiness: Readiness,
    *,
    reason: BreakReason | None = None,
    now: datetime,
) -> None:
    """Note an agent's readiness since a moment; said twice, the first moment stays."""
    other = presence.c.readiness.is_distinct_from(readiness) | (
        presence.c.reason_code.is_distinct_from(reason)
    )
    own = (presence.c.agent_id == agent.subject_id) & other
    row = {"readiness": readiness, "reason_code": reason, "since": now}
    await tx.execute(update(presence).where(own).values(row))


async def check_no_break(tx: Tx, agent: Caller) -> None:
    """Refuse a call to an agent on a break; raise `OnBreak`."""
    own = select(presence.c.since).where(
        presence.c.agent_id == agent.subject_id, presence.c.readiness == Readiness.BREAK
    )
    if on_break := (await tx.execute(own)).one_or_none():
        raise OnBreak(on_break.since)
