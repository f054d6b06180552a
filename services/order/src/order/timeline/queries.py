"""The story of a journey, in the order it happened."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

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


async def timeline_of(tx: Tx, hold_id: UUID) -> TimelineView:
    """Return the lines of a journey by the time they became true."""
    lines = select(timeline.c.at, timeline.c.event, timeline.c.reason_code).where(
        timeline.c.hold_id == hold_id
    )
    rows = await tx.execute(lines.order_by(timeline.c.at, timeline.c.event_id))
    return TimelineView(items=each_readable(rows, lambda row: _entry(*row)))


def _entry(at: datetime, event: str, reason_code: str | None) -> EntryView:
    step = STEPS.get(event) or Step("", event, event)  # of a release that was rolled back
    return EntryView(
        at=at,
        event=event,
        step=step.ids,
        text_vi=step.text_vi,
        text_en=step.text_en,
        reason_code=reason_code,
    )
