"""HTTP: a partner reads its list of hold events, a page at a time or as a stream (SYS04)."""

import asyncio
import time
from collections.abc import AsyncIterable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, Field

from feed.entries import FeedEvent
from feed.waiting import wait_for
from hold.channels.domain import PartnerClosed
from hold.channels.gateways import OpenPartner, must_be_open
from hold.feed.commands import place_in
from hold.feed.domain import LARGEST, CursorAhead, CursorTooOld
from hold.settings import RequestSettings
from kit.auth import RequestRevocations, is_revoked
from kit.db import RequestDatabase
from kit.dependencies import from_app
from kit.http import problems
from kit.paging import Limit

router = APIRouter(prefix="/v1/partner/hold-events", tags=["partner feed"])

LONGEST_WAIT_SECONDS = 25
STREAM_BATCH = 100
RECONNECT_MS = 1000

Cursor = Annotated[
    int | None,
    Query(ge=0, le=LARGEST, description="The last number you have; the oldest kept without it"),
]
LastEventId = Annotated[int | None, Header(ge=0, le=LARGEST, description="As browsers resume")]


Stopping = Annotated[asyncio.Event, from_app(asyncio.Event, "stopping")]


async def _place(partner: OpenPartner, db: RequestDatabase, after: Cursor = None) -> int:
    async with db.transaction() as tx:
        return await place_in(tx, partner.subject_id, after)


async def _place_in_stream(
    partner: OpenPartner,
    db: RequestDatabase,
    after: Cursor = None,
    last_event_id: LastEventId = None,
) -> int:
    return await _place(partner, db, after if last_event_id is None else last_event_id)


class HoldEvents(BaseModel):
    """A page of the events that follow your cursor."""

    items: list[FeedEvent]
    next: int = Field(description="Pass it as `after` next time, also when there was nothing")


@router.get(
    "",
    summary="What happened to your holds, in order",
    responses=problems(CursorTooOld, CursorAhead, PartnerClosed),
)
async def read_events(
    partner: OpenPartner,
    place: Annotated[int, Depends(_place)],
    db: RequestDatabase,
    stop: Stopping,
    limit: Limit = 100,
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT_SECONDS)] = 0,
) -> HoldEvents:
    """Answer at once if there is something, or as soon as there is, or after `wait` seconds."""
    events = await wait_for(
        db.transaction, partner.subject_id, after=place, limit=limit, seconds=wait, stop=stop
    )
    return HoldEvents(items=events, next=events[-1].sequence if events else place)


@router.get(
    "/stream",
    summary="What happens to your holds, as it happens",
    response_class=EventSourceResponse,
    responses=problems(CursorTooOld, CursorAhead, PartnerClosed),
)
async def stream_events(
    partner: OpenPartner,
    place: Annotated[int, Depends(_place_in_stream)],
    revocations: RequestRevocations,
    db: RequestDatabase,
    settings: RequestSettings,
    stop: Stopping,
) -> AsyncIterable[ServerSentEvent]:
    """Stream for some minutes, then end: connect again with the last id you have."""
    yield ServerSentEvent(retry=RECONNECT_MS)
    end = time.monotonic() + settings.stream_seconds
    while not stop.is_set() and (left := end - time.monotonic()) > 0:
        seconds = min(left, LONGEST_WAIT_SECONDS)
        events = await wait_for(
            db.transaction,
            partner.subject_id,
            after=place,
            limit=STREAM_BATCH,
            seconds=seconds,
            stop=stop,
        )
        async with db.transaction() as tx:
            try:
                await must_be_open(tx, partner.subject_id)
            except PartnerClosed:
                return
        if await is_revoked(revocations, partner):
            return
        for event in events:
            yield ServerSentEvent(id=str(event.sequence), event=event.type, data=event)
            place = event.sequence
