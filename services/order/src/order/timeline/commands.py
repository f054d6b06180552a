"""Writing the story of a journey: one line per fact, in any order of arrival."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from events import Event
from kit.db import Tx
from order.tables import timeline


async def note(tx: Tx, hold_id: UUID, event: Event) -> None:
    """Add a line; the same fact twice is one line."""
    row = insert(timeline).values(
        event_id=event.event_id,
        hold_id=hold_id,
        at=event.occurred_at,
        event=event.topic,
        reason_code=getattr(event, "reason_code", None),
    )
    await tx.execute(row.on_conflict_do_nothing())
