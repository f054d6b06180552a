"""Answers about open cash: the parcels, their number, and their money.

A parcel is open from its delivery until the carrier says that it collected what was due. Few are at
any time: an index knows these alone.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, computed_field
from sqlalchemy import ColumnElement, func, select

from events import Region
from kit.auth import Caller
from kit.db import Tx
from kit.paging import Page, page_of
from shipping.tables import holds, numbers, shipments
from values import phones


class OpenCash(BaseModel):
    """A delivered parcel, and the money that its carrier has not reported."""

    shipment_id: UUID
    hold_id: UUID
    order_id: UUID
    hold_code: str | None
    region: Region | None
    msisdn: str | None
    cod_due_vnd: int
    cod_open_vnd: int
    """Of what was due, the part that was not reported, in đồng."""
    carrier: str | None
    tracking_code: str | None
    delivered_at: datetime

    @computed_field
    def display(self) -> str | None:
        """Write the number as people read it."""
        return phones.in_groups(self.msisdn) if self.msisdn else None


class OpenCashSum(BaseModel):
    """The number of parcels whose cash is open, and their money, in đồng."""

    count: int
    open_vnd: int


async def page(tx: Tx, caller: Caller, *, limit: int, after: UUID | None) -> Page[OpenCash]:
    """Return a page of open parcels of the caller's regions, by age. Raises UnknownCursor."""
    own = ("hold_id", "order_id", "region", "cod_due_vnd", "cod_open_vnd", "carrier")
    rows = (
        select(
            shipments.c.id.label("shipment_id"),
            *(shipments.c[name] for name in (*own, "tracking_code", "delivered_at")),
            holds.c.hold_code,
            numbers.c.msisdn,
        )
        .join(holds, holds.c.id == shipments.c.hold_id)
        .outerjoin(numbers, numbers.c.number_id == holds.c.number_id)
        .where(*_open(caller))
    )
    # What was settled since the page before is still a cursor.
    seen = select(shipments.c.id).where(*_of_regions(caller))
    return await page_of(tx, rows, shipments.c.id, _view, limit=limit, after=after, cursors=seen)


async def count(tx: Tx, caller: Caller) -> OpenCashSum:
    """Count the open parcels of the caller's regions, and add up what is open."""
    money = func.coalesce(func.sum(shipments.c.cod_open_vnd), 0)
    sums = select(func.count().label("count"), money.label("open_vnd")).where(*_open(caller))
    row = (await tx.execute(sums)).mappings().one()
    return OpenCashSum.model_validate(dict(row))


def _open(caller: Caller) -> list[ColumnElement[bool]]:
    return [shipments.c.cod_open_vnd > 0, *_of_regions(caller)]


def _of_regions(caller: Caller) -> list[ColumnElement[bool]]:
    return [shipments.c.region.in_(caller.regions)] if caller.regions else []


def _view(row: Any) -> OpenCash:
    return OpenCash.model_validate(row, from_attributes=True)
