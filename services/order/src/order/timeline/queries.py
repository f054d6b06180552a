"""The story of a journey, in the order it happened."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Select, select

from kit.db import Tx
from kit.paging import each_readable
from order.tables import timeline
from order.timeline.domain import STEPS, Step


class EntryView(BaseModel):
    """A line of the story, with the step of the procedure it belongs to."""

    at: datetime
    event: str
    step: str
    text_vi: str
    text_en: str
    reason_code: str | None


class TimelineView(BaseModel):
    """The whole story so far."""

    items: list[EntryView]


class StaffEntryView(EntryView):
    """A line as staff see it: with the colleague who did it."""

    actor_id: UUID | None


async def timeline_of(tx: Tx, hold_id: UUID) -> TimelineView:
    """Return the lines of a journey by the time they became true."""
    rows = await tx.execute(_lines(hold_id))
    return TimelineView(items=each_readable(rows, lambda row: EntryView(**_entry(*row[:3]))))


async def staff_timeline_of(tx: Tx, hold_id: UUID) -> list[StaffEntryView]:
    """Return the lines with the colleagues who did what they tell."""
    rows = await tx.execute(_lines(hold_id))
    return each_readable(
        rows, lambda row: StaffEntryView(**_entry(*row[:3]), actor_id=row.actor_id)
    )


def _lines(hold_id: UUID) -> Select[datetime, str, str | None, UUID | None]:
    return (
        select(timeline.c.at, timeline.c.event, timeline.c.reason_code, timeline.c.actor_id)
        .where(timeline.c.hold_id == hold_id)
        .order_by(timeline.c.at, timeline.c.event_id)
    )


def _entry(at: datetime, event: str, reason_code: str | None) -> dict[str, Any]:
    step = STEPS.get(event) or Step("", event, event)  # of a release that was rolled back
    return {
        "at": at,
        "event": event,
        "step": step.ids,
        "text_vi": step.text_vi,
        "text_en": step.text_en,
        "reason_code": reason_code,
    }
