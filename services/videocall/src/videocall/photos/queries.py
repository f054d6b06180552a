"""Photos as agents and customers see them: takes, and what is asked for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Row, select

from kit.db import Tx
from videocall.calls.states import PhotoKind
from videocall.photos.domain import MOST_TAKES, Flaw, Hint, PhotoRequest, Source
from videocall.tables import photo_requests, photo_verdicts, photos


class PhotoView(BaseModel):
    """A take that is kept; the picture itself is another request."""

    kind: PhotoKind
    sha256: str
    sent_sha256: str | None
    """Of the file as it was sent, of which a bare copy is kept."""
    taken_at: datetime
    captured_at: datetime | None
    """By the camera's clock, if it noted that."""
    source: Source
    width: int | None
    height: int | None
    flaw: Flaw | None
    """The measure below the floor of quality: such a take cannot be accepted."""
    accepted: bool | None
    """The agent's word; null until it is said."""
    hint: Hint | None
    """Why the agent asked for another."""


class RequestView(BaseModel, from_attributes=True):
    """A photo that the customer's app is to take now."""

    id: UUID
    """The nonce by which the photo answers."""
    kind: PhotoKind
    hint: Hint | None
    asked_at: datetime
    expires_at: datetime


async def takes_of(tx: Tx, call_id: UUID) -> Sequence[Row[Any]]:
    """Return the takes of a call with the agent's word about each, the oldest first."""
    own = [photos.c[name] for name in PhotoView.model_fields if name in photos.c]
    columns = [photos.c.id, *own, photo_verdicts.c.accepted, photo_verdicts.c.hint]
    judged = photo_verdicts.c.photo_id == photos.c.id
    takes = select(*columns).outerjoin(photo_verdicts, judged).where(photos.c.call_id == call_id)
    return (await tx.execute(takes.order_by(photos.c.id))).all()


def accepted_kinds(takes: Sequence[Row[Any]]) -> frozenset[PhotoKind]:
    """Return the kinds whose newest take above the floor is accepted."""
    newest = {take.kind: take.accepted for take in takes if take.flaw is None}
    return frozenset(kind for kind, accepted in newest.items() if accepted)


async def open_request(tx: Tx, call_id: UUID, *, now: datetime) -> PhotoRequest | None:
    """Return the photo that is asked for now: the newest request, unless it is answered or over."""
    of_call = select(PhotoRequest).where(photo_requests.c.call_id == call_id)
    newest_first = of_call.order_by(photo_requests.c.id.desc()).limit(1)
    request = (await tx.scalars(newest_first)).one_or_none()
    if request is None or request.expires_at <= now:
        return None
    answers = select(photos.c.flaw).where(photos.c.request_id == request.id)
    flaws = (await tx.scalars(answers)).all()
    return None if None in flaws or len(flaws) >= MOST_TAKES else request


async def asked_photo(tx: Tx, call_id: UUID, *, now: datetime) -> RequestView | None:
    """Return the photo that is asked for now, for a client."""
    request = await open_request(tx, call_id, now=now)
    return RequestView.model_validate(request) if request else None
