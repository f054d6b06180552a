"""What is kept of calls, and who may look at it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from kit.auth import Caller
from kit.db import Tx
from kit.sealing import Sealer
from videocall.calls.domain import Call
from videocall.calls.states import IN_HAND, NoSuchCall, NotYourCall, Status
from videocall.evidence.domain import PhotoKind
from videocall.tables import accesses, journeys, photos

REVIEWERS: Final = ("region_manager", "auditor")
"""Who may look at every call of their regions, written down."""
DECIDED: Final = (Status.APPROVED, Status.REVOKED)
"""What a connection officer decides by."""


class Access(BaseModel):
    """A look at a customer's record."""

    id: int
    at: datetime
    staff_id: UUID
    hold_id: UUID
    what: str


class AccessLog(BaseModel):
    """Who looked at what, the newest look first."""

    items: list[Access]
    next: int | None = None
    """Pass it as `after` to read on; null at the end."""


async def call_to_look_at(tx: Tx, call_id: UUID, who: Caller) -> Call:
    """Return a call to its agent or a reviewer; another region's looks like none at all."""
    call = await tx.get(Call, call_id)
    if call is None or not who.covers(call.region):
        raise NoSuchCall
    reviews = bool(who.roles.intersection(REVIEWERS))
    connects = "connection_officer" in who.roles and call.status in DECIDED
    if not (reviews or connects or call.agent_id == who.subject_id):
        raise NotYourCall(call.id)
    return call


async def call_to_look_into(tx: Tx, call_id: UUID, who: Caller) -> Call:
    """Return a call whose pictures may be seen; its agent sees them while it is in hand."""
    call = await call_to_look_at(tx, call_id, who)
    only_agent = who.roles.isdisjoint((*REVIEWERS, "connection_officer"))
    if only_agent and call.status not in IN_HAND:
        raise NotYourCall(call.id)
    return call


async def photo_of(
    tx: Tx, call: Call, kind: PhotoKind, sealer: Sealer, *, sha256: str | None
) -> bytes:
    """Open one take of a kind, the newest if none is named."""
    its = select(photos.c.id, photos.c.sealed).where(
        photos.c.call_id == call.id, photos.c.kind == kind
    )
    if sha256:
        its = its.where(photos.c.sha256 == sha256)
    row = (await tx.execute(its.order_by(photos.c.id.desc()).limit(1))).one_or_none()
    if row is None:
        raise NoSuchCall
    return sealer.open(row.sealed, about=str(row.id))


async def access_log(
    tx: Tx, who: Caller, *, hold_id: UUID | None, after: int | None, limit: int
) -> AccessLog:
    """Return who looked at records of an auditor's regions, the newest look first."""
    looks = select(accesses).join(journeys, journeys.c.hold_id == accesses.c.hold_id)
    if who.regions:
        looks = looks.where(journeys.c.region.in_(who.regions))
    if hold_id:
        looks = looks.where(accesses.c.hold_id == hold_id)
    if after:
        looks = looks.where(accesses.c.id < after)
    rows = (await tx.execute(looks.order_by(accesses.c.id.desc()).limit(limit + 1))).mappings()
    items = [Access.model_validate(dict(row)) for row in rows]
    return AccessLog(items=items[:limit], next=items[limit - 1].id if len(items) > limit else None)
