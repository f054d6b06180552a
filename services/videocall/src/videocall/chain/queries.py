"""Reading the chain of a call's events."""

from uuid import UUID

from sqlalchemy import select

from kit.db import Tx
from videocall.chain.domain import CallEvent
from videocall.tables import call_events


async def events_of(tx: Tx, call_id: UUID) -> list[CallEvent]:
    """Return the events of a call in their order."""
    of_call = select(call_events).where(call_events.c.call_id == call_id)
    rows = (await tx.execute(of_call.order_by(call_events.c.seq))).mappings()
    return [CallEvent(**row) for row in rows]
