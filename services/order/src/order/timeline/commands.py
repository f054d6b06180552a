"""Writing the story of a journey: one line per fact, in any order of arrival."""

from typing import Final
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from events import Event
from kit.db import Tx
from order.tables import timeline

ACTORS: Final = ("officer_id", "agent_id", "revoked_by", "reopened_by")
"""The fields by which a fact names the member of staff who did it."""


async def note(tx: Tx, hold_id: UUID, event: Event) -> None:
    """Add a line; the same fact twice is one line."""
    row = insert(timeline).values(
        event_id=event.event_id,
        hold_id=hold_id,
        at=event.occurred_at,
        event=event.topic,
        reason_code=_reason(event),
        actor_id=_actor(event),
    )
    await tx.execute(row.on_conflict_do_nothing())


def _reason(event: Event) -> str | None:
    if reason_codes := getattr(event, "reason_codes", ()):
        return str(reason_codes[0])
    return getattr(event, "reason_code", None)


def _actor(event: Event) -> UUID | None:
    named = (getattr(event, field, None) for field in ACTORS)
    return next((actor for actor in named if actor), None)
