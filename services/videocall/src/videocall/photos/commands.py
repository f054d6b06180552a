"""Keeping takes, and the agent's word about each, in the chain of the call's events (P5.1).

Every take is kept, and none is ever changed: also those below the floor of quality, which nobody
can accept.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.dialects.postgresql import insert

from events.ids import uuid7
from kit.db import Tx
from kit.images import Picture, PictureBody, decoded
from kit.sealing import Sealer
from videocall.calls.domain import Call
from videocall.calls.states import PhotoKind
from videocall.chain.commands import append
from videocall.chain.domain import EventKind
from videocall.changes.commands import changed
from videocall.data_keys.commands import data_key
from videocall.photos.domain import Hint, Quality, Source
from videocall.tables import photo_verdicts, photos


@dataclass(frozen=True)
class Take:
    """A picture that was decoded whole and measured."""

    picture: Picture
    quality: Quality


@dataclass(frozen=True)
class Origin:
    """The camera that took a picture, the person behind it, and the request that it answers."""

    source: Source
    taken_by: UUID
    request_id: UUID | None = None


async def measured(picture: PictureBody) -> Take:
    """Measure the picture of a request."""
    return Take(picture, await decoded(Quality.measure, picture.jpeg))


TakeBody = Annotated[Take, Depends(measured)]


async def keep(
    tx: Tx,
    call: Call,
    kind: PhotoKind,
    take: Take,
    origin: Origin,
    *,
    sealer: Sealer,
    now: datetime,
) -> UUID | None:
    """Keep a take of a locked call, sealed; return its id, or none if it was kept before."""
    photo_id, picture, quality = uuid7(), take.picture, take.quality
    key = await data_key(tx, call.id, sealer, now=now)
    sealed = key.seal(picture.jpeg, about=str(photo_id))
    row = {
        "id": photo_id,
        "call_id": call.id,
        "kind": kind,
        "sealed": sealed,
        "sha256": picture.kept_sha256,
        "sent_sha256": picture.sha256,
        "captured_at": picture.taken_at,
        "taken_at": now,
        "by_data_key": True,
        "source": origin.source,
        "taken_by": origin.taken_by,
        "request_id": origin.request_id,
        "width": picture.width,
        "height": picture.height,
        "sharpness": quality.sharpness,
        "brightness": quality.brightness,
        "flaw": quality.flaw,
    }
    add = insert(photos).values(row).on_conflict_do_nothing().returning(photos.c.id)
    kept: UUID | None = await tx.scalar(add)
    if kept:
        still = {name: row[name] for name in ("kind", "sha256", "source", "request_id", "flaw")}
        still["sealed_sha256"] = hashlib.sha256(sealed).hexdigest()
        await append(tx, call.id, EventKind.STILL_KEPT, still, at=now)
        changed(tx, call.id)
    return kept


async def judge(
    tx: Tx,
    call: Call,
    photo_id: UUID,
    agent_id: UUID,
    *,
    accepted: bool,
    hint: Hint | None = None,
    now: datetime,
) -> None:
    """Note an agent's word about a take; said twice, said once."""
    verdict = {"photo_id": photo_id, "accepted": accepted, "hint": hint}
    row = verdict | {"decided_by": agent_id, "decided_at": now}
    add = insert(photo_verdicts).values(row).on_conflict_do_nothing()
    if await tx.scalar(add.returning(photo_verdicts.c.photo_id)):
        await append(tx, call.id, EventKind.STILL_JUDGED, verdict, at=now)
        changed(tx, call.id)
