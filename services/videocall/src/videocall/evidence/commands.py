"""Keeping stills."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from events.ids import uuid7
from kit.auth import Caller
from kit.db import Tx
from kit.images import Picture
from kit.sealing import Sealer
from videocall.calls.commands import call_of_region
from videocall.calls.domain import Call
from videocall.calls.states import PhotoKind
from videocall.chain.commands import append
from videocall.chain.domain import EventKind
from videocall.changes.commands import changed
from videocall.tables import photos


async def keep_photo(
    tx: Tx,
    call_id: UUID,
    kind: PhotoKind,
    picture: Picture,
    *,
    agent: Caller,
    sealer: Sealer,
    now: datetime,
) -> Call:
    """Keep a still of the call, sealed; every take is kept, and none is ever changed (P5.1)."""
    call, _ = await call_of_region(tx, call_id, agent)
    call.take_photo(agent.subject_id)
    photo_id = uuid7()
    sealed = sealer.seal(picture.jpeg, about=str(photo_id))
    row = {
        "id": photo_id,
        "call_id": call.id,
        "kind": kind,
        "sealed": sealed,
        "sha256": picture.kept_sha256,
        "sent_sha256": picture.sha256,
        "captured_at": picture.taken_at,
        "taken_at": now,
        "taken_by": agent.subject_id,
    }
    add = insert(photos).values(row).on_conflict_do_nothing().returning(photos.c.id)
    if await tx.scalar(add):
        still = {
            "kind": kind,
            "sha256": picture.kept_sha256,
            "sealed_sha256": hashlib.sha256(sealed).hexdigest(),
        }
        await append(tx, call.id, EventKind.STILL_KEPT, still, at=now)
        changed(tx, call.id)
    return call
