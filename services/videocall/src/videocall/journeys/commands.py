"""Keeping the facts of a hold, of its check and its route."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from kit.db import Tx
from videocall.journeys.domain import Journey
from videocall.tables import journeys


async def journey_of(tx: Tx, hold_id: UUID) -> Journey:
    """Return what is known of a journey, locked; the first fact of a hold makes the row."""
    await tx.execute(insert(journeys).values(hold_id=hold_id).on_conflict_do_nothing())
    return await tx.get_one(Journey, hold_id, with_for_update=True)
