"""Answers of the lists: a page of a tab, what a search finds, rows of an export, all exports.

A list is a merge of streams (`streams.queries`): the first rows of each that is not empty are read,
so that a page costs the same whatever lies behind it (decision 0041).
"""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from pydantic import BaseModel, computed_field
from sqlalchemy import (
    CompoundSelect,
    any_,
    bindparam,
    func,
    select,
    true,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid

from events import PaymentMethod, Region
from kit.auth import Caller
from kit.db import Database, Tx
from kit.paging import Page, UnknownCursor, each_readable, page_of
from kit.sealing import Sealer
from shipping.deliveries.domain import Delivery
from shipping.deliveries.queries import doorstep_of
from shipping.lists.domain import Readings
from shipping.news.domain import CARRIERS
from shipping.shipments.domain import Way
from shipping.shipments.queries import ALL, StaffShipment
from shipping.shipments.states import LABELS, TAB_LABELS, Status, Tab
from shipping.streams.domain import Filters
from shipping.streams.queries import streams_of
from shipping.tables import COUNTED, deliveries, exports, holds, numbers, shipments

MOST_FOUND: Final = 50
AT_A_TIME: Final = 1000


class Export(BaseModel):
    """One file of orders: taken by which member of staff, of which list, how long."""

    id: UUID
    at: datetime
    staff_id: UUID
    rows: int
    tab: Tab | None = None
    status: Status | None = None
    region: Region | None = None
    delivery: Way | None = None
    payment: PaymentMethod | None = None
    overdue: bool | None = None

    @computed_field
    def label(self) -> str | None:
        """Say the state, or else the tab, that was exported, in Vietnamese; none: all orders."""
        if self.status:
            return LABELS[self.status]
        return TAB_LABELS[self.tab] if self.tab else None


class ListedShipment(StaffShipment):
    """A shipment in a list, with the name that stands on its parcel."""

    recipient: str | None


async def page(
    tx: Tx,
    caller: Caller,
    filters: Filters,
    sealer: Sealer,
    *,
    limit: int,
    after: UUID | None,
    newest_first: bool,
) -> Page[ListedShipment]:
    """Return a page of a list of the caller's regions, by age. Raises UnknownCursor."""
    if after is not None:
        await _check_cursor(tx, caller, after)
    ids = await _ids(tx, caller, filters, limit + 1, after, newest_first=newest_first)
    items = await _show(tx, ids[:limit], sealer)
    return Page(items=items, next=ids[limit - 1] if len(ids) > limit else None)


async def search(tx: Tx, caller: Caller, text: str, sealer: Sealer) -> Page[ListedShipment]:
    """Find shipments of the caller's regions by all that is printed on them, the newest first."""
    matches = (await tx.execute(matching(Readings.read(text), sealer))).all()
    visible = sorted((row.id for row in matches if caller.covers(row.region)), reverse=True)
    return Page(items=await _show(tx, visible[:MOST_FOUND], sealer))


async def exports_of(
    tx: Tx, auditor: Caller, *, staff_id: UUID | None, limit: int, after: UUID | None
) -> Page[Export]:
    """Return the exports that may hold orders of an auditor's regions, the newest first (LAW19)."""
    rows = select(exports)
    if auditor.regions:
        everywhere = func.cardinality(exports.c.regions) == 0
        rows = rows.where(everywhere | exports.c.regions.overlap(sorted(auditor.regions)))
    if staff_id:
        rows = rows.where(exports.c.staff_id == staff_id)

    def view(row: Any) -> Export:
        taken = {name: getattr(row, name) for name in ("id", "at", "staff_id", "rows")}
        return Export.model_validate(row.filters | taken)

    return await page_of(tx, rows, exports.c.id, view, limit=limit, after=after, newest_first=True)


async def rows_of(
    db: Database, caller: Caller, filters: Filters
) -> AsyncIterator[list[StaffShipment]]:
    """Read all shipments of a list, the oldest first, a thousand in each transaction."""
    after = None
    while True:
        async with db.transaction() as tx:
            ids = await _ids(tx, caller, filters, AT_A_TIME, after, newest_first=False)
            rows = await _rows(tx, ids)
        yield each_readable(rows, lambda row: StaffShipment.model_validate(dict(row)))
        if len(ids) < AT_A_TIME:
            return
        after = ids[-1]


async def _ids(
    tx: Tx,
    caller: Caller,
    filters: Filters,
    limit: int,
    after: UUID | None,
    *,
    newest_first: bool,
) -> Sequence[UUID]:
    by_region = bool(caller.regions or filters.region)
    streams = streams_of(caller, filters, by_region=by_region)
    rows = select(shipments.c.id).where(
        *(shipments.c[name] == streams.c[name] for name in COUNTED if by_region or name != "region")
    )
    if after is not None:
        rows = rows.where(shipments.c.id < after if newest_first else shipments.c.id > after)
    first = rows.order_by(_order(shipments.c.id, newest_first)).limit(limit).lateral("first")
    merged = select(first.c.id).select_from(streams.join(first, true()))
    return (await tx.scalars(merged.order_by(_order(first.c.id, newest_first)).limit(limit))).all()


def _order(column: Any, newest_first: bool) -> Any:  # noqa: FBT001, one word for two functions
    return column.desc() if newest_first else column.asc()


async def _check_cursor(tx: Tx, caller: Caller, after: UUID) -> None:
    """Refuse to read on after what this caller may not see; it may have left the list since."""
    region = await tx.execute(select(shipments.c.region).where(shipments.c.id == after))
    row = region.one_or_none()
    if row is None or not caller.covers(row.region):
        raise UnknownCursor(after)


async def _rows(tx: Tx, ids: Sequence[UUID]) -> list[Any]:
    rows = await tx.execute(_CHOSEN, {"ids": list(ids)})
    by_id = {row["shipment_id"]: row for row in rows.mappings()}
    return [by_id[shipment_id] for shipment_id in ids if shipment_id in by_id]


async def _show(tx: Tx, ids: Sequence[UUID], sealer: Sealer) -> list[ListedShipment]:
    rows = await _rows(tx, ids)
    of_deliveries = select(Delivery).where(deliveries.c.id == any_(_IDS))
    chosen = [row["delivery_id"] for row in rows if row["delivery_id"]]
    chosen_deliveries = (await tx.scalars(of_deliveries, {"ids": chosen})).all()
    by_id = {delivery.id: delivery for delivery in chosen_deliveries}

    def view(row: Any) -> ListedShipment:
        delivery = by_id.get(row["delivery_id"])
        doorstep = doorstep_of(delivery, sealer) if delivery else None
        recipient = doorstep.recipient if doorstep else None
        return ListedShipment.model_validate(dict(row) | {"recipient": recipient})

    return each_readable(rows, view)


_IDS: Final = bindparam("ids", type_=ARRAY(Uuid))
_CHOSEN: Final = ALL.where(shipments.c.id == any_(_IDS))


def matching(typed: Readings, sealer: Sealer) -> CompoundSelect[Any]:
    """Select the shipments that a text may name; each way is served by an index."""
    own = select(shipments.c.id, shipments.c.region)
    by_hold = own.join(holds, holds.c.id == shipments.c.hold_id)
    matches = [own.where(shipments.c.id == typed.id), own.where(shipments.c.hold_id == typed.id)]
    if typed.hold_code:
        matches.append(by_hold.where(holds.c.hold_code == typed.hold_code))
    if typed.phone:
        sold = by_hold.join(numbers, numbers.c.number_id == holds.c.number_id)
        # By the hold, whose shipment an index knows; of several choices the one it was sent for.
        sent = own.join(
            deliveries,
            (deliveries.c.hold_id == shipments.c.hold_id)
            & (deliveries.c.id == shipments.c.delivery_id),
        )
        matches.append(sold.where(numbers.c.msisdn == typed.phone))
        matches.append(sent.where(deliveries.c.phone_index == sealer.blind_index(typed.phone)))
    if typed.serial:
        matches.append(own.where(shipments.c.sim_serial == typed.serial))
    if typed.tracking_code:
        carried = shipments.c.carrier.in_(CARRIERS)
        matches.append(own.where(carried, shipments.c.tracking_code == typed.tracking_code))
    return union(*matches)
