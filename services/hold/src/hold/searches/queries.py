"""Holds of a member of staff's regions, without a person's data."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, select

from events import Region, SimKind
from hold.holds.domain import Hold
from hold.holds.states import Status
from hold.tables import holds
from kit.auth import Caller
from kit.db import Tx
from values.number_groups import set_apart

MOST: Final = 20


class HoldItem(BaseModel):
    """A hold in an answer to staff. Nothing in it names a person."""

    hold_id: UUID
    hold_code: str | None
    msisdn: str
    display: str
    sim: SimKind
    status: Status
    region: Region | None


class HoldItems(BaseModel):
    """The holds that were found, the newest first."""

    items: list[HoldItem]


async def holds_named(tx: Tx, caller: Caller, hold_ids: Sequence[UUID]) -> HoldItems:
    """Return holds by their ids, as far as the caller may see them."""
    return await _matching(tx, caller, holds.c.id.in_(hold_ids), limit=len(hold_ids))


async def holds_of_phone(tx: Tx, caller: Caller, phone_index: str) -> HoldItems:
    """Return the holds whose contact phone has this fingerprint, as far as the caller may see."""
    return await _matching(tx, caller, holds.c.phone_index == phone_index, limit=MOST)


async def _matching(
    tx: Tx, caller: Caller, condition: ColumnElement[Any], *, limit: int
) -> HoldItems:
    visible = select(Hold).where(condition)
    if caller.regions:
        visible = visible.where(holds.c.region.in_(caller.regions))
    rows = await tx.scalars(visible.order_by(holds.c.id.desc()).limit(limit))
    return HoldItems(items=[_item(hold) for hold in rows])


def _item(hold: Hold) -> HoldItem:
    return HoldItem(
        hold_id=hold.id,
        hold_code=hold.hold_code,
        msisdn=hold.msisdn,
        display=set_apart(hold.msisdn, hold.price_class),
        sim=hold.sim,
        status=hold.status,
        region=hold.region,
    )
