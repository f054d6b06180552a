"""Reading all that is kept of a call, and verifying it; media nodes are asked in no transaction."""

import asyncio
from uuid import UUID

from sqlalchemy import select

from kit.db import Database
from videocall.calls.domain import Call
from videocall.calls.states import NoSuchCall
from videocall.chain.queries import events_of
from videocall.data_keys.queries import is_erased
from videocall.media.domain import MediaUnavailable
from videocall.media.gateways import MediaPlane
from videocall.recordings.domain import NoSuchRecording, Part
from videocall.recordings.queries import recording_of
from videocall.tables import photos
from videocall.verification.domain import Evidence, Report, SealedPart, SealedStill


async def verify(db: Database, plane: MediaPlane, call_id: UUID) -> Report:
    """Compare the events, stills and recordings of a call with what was noted of them (P5.1)."""
    async with db.transaction() as tx:
        call = await tx.get(Call, call_id)
        if call is None:
            raise NoSuchCall
        events = await events_of(tx, call_id)
        of_call = select(photos.c.kind, photos.c.sha256, photos.c.sealed).where(
            photos.c.call_id == call_id
        )
        stills = [SealedStill(*row) for row in await tx.execute(of_call.order_by(photos.c.id))]
        recording, erased = await recording_of(tx, call_id), await is_erased(tx, call_id)
    parts = await asyncio.gather(*(_sealed(plane, part) for part in recording.parts))
    return Evidence(call, events, stills, parts, erased).verify()


async def _sealed(plane: MediaPlane, part: Part) -> SealedPart:
    try:
        return SealedPart(part, await plane.sealed(part))
    except NoSuchRecording:
        return SealedPart(part, None)
    except MediaUnavailable:
        return SealedPart(part, None, unread=True)
