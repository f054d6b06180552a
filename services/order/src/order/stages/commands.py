"""Keeping the stage of a journey, folded anew from its story with every fact."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from kit.db import Tx
from order.stages.domain import Line, Stage, standing_after
from order.tables import journeys, orders, stages, timeline


async def follow(tx: Tx, hold_id: UUID) -> None:
    """Fold the story so far; its last line stands in the timeline already.

    The row is locked before the story is read: of two facts at the same time the second reads both.
    """
    lock = insert(stages).values(hold_id=hold_id, stage=Stage.HELD)
    await tx.execute(
        lock.on_conflict_do_update(index_elements=["hold_id"], set_={"hold_id": hold_id})
    )
    lines = select(timeline.c.at, timeline.c.event, timeline.c.reason_code).where(
        timeline.c.hold_id == hold_id
    )
    rows = await tx.execute(lines.order_by(timeline.c.at, timeline.c.event_id))
    sim = await tx.scalar(select(journeys.c.sim).where(journeys.c.hold_id == hold_id))
    standing = standing_after((Line(*row) for row in rows), sim or "PHYSICAL")
    if standing is None:
        return
    region = select(orders.c.region).where(orders.c.hold_id == hold_id).scalar_subquery()
    await tx.execute(
        update(stages)
        .where(stages.c.hold_id == hold_id)
        .values(
            region=region,
            stage=standing.stage,
            since=standing.since,
            due_at=standing.due_at,
            event=standing.event,
            reason_code=standing.reason_code,
        )
    )
