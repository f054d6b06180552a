"""HTTP: the story of a journey."""

from uuid import UUID

from fastapi import APIRouter

from kit.auth import AnyCaller
from kit.db import Transaction
from kit.http import problems
from order.journeys.domain import NoSuchHold
from order.journeys.queries import journey_for
from order.timeline.queries import TimelineView, timeline_of

router = APIRouter(prefix="/v1/journeys", tags=["journeys"])


@router.get("/{hold_id}/timeline", summary="The story of a journey", responses=problems(NoSuchHold))
async def read_timeline(hold_id: UUID, caller: AnyCaller, tx: Transaction) -> TimelineView:
    """Tell the story so far, to its customer and to staff of its region."""
    await journey_for(tx, hold_id, caller)
    return await timeline_of(tx, hold_id)
