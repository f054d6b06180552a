"""Reading the chain of a call's events."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from kit.db import Tx
from videocall.chain.domain import DECISIONS, CallEvent, Head
from videocall.tables import call_events

DECIDED: Final = call_events.c.kind.in_(DECISIONS)


async def events_of(tx: Tx, call_id: UUID) -> list[CallEvent]:
    """Return the events of a call in their order."""
    of_call = select(call_events).where(call_events.c.call_id == call_id)
    rows = (await tx.execute(of_call.order_by(call_events.c.seq))).mappings()
    return [CallEvent(**row) for row in rows]


async def first_decision(tx: Tx) -> datetime | None:
    """Return when a call was decided for the first time."""
    first: datetime | None = await tx.scalar(select(func.min(call_events.c.at)).where(DECIDED))
    return first


async def decided(tx: Tx, begins: datetime, ends: datetime) -> Sequence[UUID]:
    """Return the calls that were decided from one moment on and before another, by their ids."""
    during = call_events.c.at >= begins, call_events.c.at < ends
    calls = select(call_events.c.call_id).where(DECIDED, *during).distinct()
    return (await tx.scalars(calls.order_by(call_events.c.call_id))).all()


async def heads_of(tx: Tx, calls: Collection[UUID]) -> dict[UUID, Head]:
    """Return the ends of the chains of calls, in the order of their ids."""
    columns = (call_events.c.call_id, call_events.c.seq, call_events.c.hash)
    newest = select(*columns).where(call_events.c.call_id.in_(calls))
    newest = newest.ext(distinct_on(call_events.c.call_id))
    rows = await tx.execute(newest.order_by(call_events.c.call_id, call_events.c.seq.desc()))
    return {row.call_id: Head(row.seq, row.hash) for row in rows}
