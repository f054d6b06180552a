"""Evidence of calls, and the roles that may look at it."""

from typing import Final
from uuid import UUID

from sqlalchemy import select

from kit.auth import Caller
from kit.db import Tx
from kit.sealing import Sealer
from videocall.calls.domain import Call
from videocall.calls.states import IN_HAND, NoSuchCall, NotYourCall, PhotoKind, Status
from videocall.data_keys.domain import EvidenceErased
from videocall.data_keys.queries import is_erased, sealer_of
from videocall.journeys.domain import Journey
from videocall.tables import photos

REVIEWERS: Final = ("region_manager", "auditor")
"""Roles that may look at every call of their regions; each look is written down."""
DECIDED: Final = (Status.APPROVED, Status.REVOKED)
"""Evidence that a connection officer decides by."""


async def call_to_look_at(tx: Tx, call_id: UUID, caller: Caller) -> Call:
    """Return a call to its agent or a reviewer; another region's looks like none at all."""
    call = await tx.get(Call, call_id)
    if call is None:
        raise NoSuchCall
    journey = await tx.get_one(Journey, call.hold_id)
    is_agent = call.agent_id == caller.subject_id
    if not (is_agent or any(map(caller.covers, journey.regions(call.region)))):
        raise NoSuchCall
    reviews = bool(caller.roles.intersection(REVIEWERS))
    connects = "connection_officer" in caller.roles and call.status in DECIDED
    if not (reviews or connects or is_agent):
        raise NotYourCall(call.id, call.agent_id, call.started_at)
    return call


async def call_to_look_into(tx: Tx, call_id: UUID, caller: Caller) -> Call:
    """Return a call whose pictures may be seen; its agent sees them while it is in hand."""
    call = await call_to_look_at(tx, call_id, caller)
    only_agent = caller.roles.isdisjoint((*REVIEWERS, "connection_officer"))
    if only_agent and call.status not in IN_HAND:
        raise NotYourCall(call.id, call.agent_id, call.started_at)
    return call


async def photo_of(
    tx: Tx, call: Call, kind: PhotoKind, sealer: Sealer, *, sha256: str | None
) -> bytes:
    """Open one take of a kind, the newest if none is named."""
    columns = (photos.c.id, photos.c.sealed, photos.c.by_data_key)
    takes = select(*columns).where(photos.c.call_id == call.id, photos.c.kind == kind)
    if sha256:
        takes = takes.where(photos.c.sha256 == sha256)
    row = (await tx.execute(takes.order_by(photos.c.id.desc()).limit(1))).one_or_none()
    if row is None:
        raise NoSuchCall
    if await is_erased(tx, call.id):
        raise EvidenceErased
    key = await sealer_of(tx, call.id, sealer) if row.by_data_key else sealer
    return key.open(row.sealed, about=str(row.id))
