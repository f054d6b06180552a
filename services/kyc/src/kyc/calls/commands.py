"""Keeping who talks to whom: a call agent reads the case of the call in hand, and no other."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert

from kit.db import Tx
from kit.errors import Conflict
from kyc.tables import calls


@dataclass(eq=False)
class NoCallInHand(Conflict):
    """Answer the call of this case first; if you just have, ask again in a moment."""

    hold_id: UUID
    waiting_for: tuple[str, ...] = ("VideoCallStarted",)


async def begin(tx: Tx, call_id: UUID, hold_id: UUID, agent_id: UUID, *, at: datetime) -> None:
    """Note who answered a call; the newest word counts where one was answered twice."""
    row = {"hold_id": hold_id, "agent_id": agent_id, "started_at": at}
    new = insert(calls).values(id=call_id, **row)
    newer = calls.c.started_at.is_(None) | (calls.c.started_at <= at)
    await tx.execute(
        new.on_conflict_do_update(index_elements=["id"], set_=row, where=newer),
    )


async def end(tx: Tx, call_id: UUID, hold_id: UUID, *, at: datetime) -> None:
    """Note that a call ended, for good: also where its beginning is heard later."""
    new = insert(calls).values(id=call_id, hold_id=hold_id, ended_at=at)
    ended = func.least(calls.c.ended_at, at)
    await tx.execute(new.on_conflict_do_update(index_elements=["id"], set_={"ended_at": ended}))


async def is_in_hand(tx: Tx, hold_id: UUID, agent_id: UUID) -> bool:
    """Tell whether an agent talks to this customer now (SB.3.3a)."""
    its = exists().where(
        calls.c.hold_id == hold_id, calls.c.agent_id == agent_id, calls.c.ended_at.is_(None)
    )
    return bool(await tx.scalar(select(its)))
