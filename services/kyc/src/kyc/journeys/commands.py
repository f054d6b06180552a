"""Keeping a journey: a row that any fact about its hold may begin."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from kit.db import Tx
from kyc.journeys.domain import Journey
from kyc.tables import journeys


async def journey_of(tx: Tx, hold_id: UUID) -> Journey:
    """Return what is known of a journey, locked; whatever is heard first makes the row."""
    await tx.execute(insert(journeys).values(hold_id=hold_id).on_conflict_do_nothing())
    return await tx.get_one(Journey, hold_id, with_for_update=True)
