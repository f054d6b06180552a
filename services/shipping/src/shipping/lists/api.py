"""HTTP: the five tabs of OSP's staff, their counts, search and export (F4.4)."""

import csv
import io
from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, StringConstraints

from events import PaymentMethod, Region
from kit import clock
from kit.access_log import Auditor
from kit.auth import Caller, staff
from kit.db import Database, RequestDatabase, Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from kit.paging import After, Limit, Page, UnknownCursor
from shipping.lists import commands, queries
from shipping.lists.domain import TooManyToExport, cell
from shipping.lists.queries import Export, ListedShipment
from shipping.shipments.domain import Way
from shipping.shipments.queries import StaffShipment
from shipping.shipments.states import Status, Tab
from shipping.streams.domain import Filters
from shipping.streams.queries import Counts, count

router = APIRouter(prefix="/v1/staff/shipments", tags=["shipments"])

Desk = Annotated[Caller, Depends(staff("osp_staff", "region_manager", "admin"))]
"""OSP's staff, and those who answer for a region."""

COLUMNS: Final = {
    "hold_code": "Mã giữ số",
    "display": "Số thuê bao",
    "tab_label": "Tab",
    "status_label": "Trạng thái",
    "delivery": "Cách nhận SIM",
    "goes_to": "Nơi nhận",
    "payment": "Thanh toán",
    "cod_due_vnd": "Thu khi giao (đồng)",
    "carrier": "Đơn vị vận chuyển",
    "tracking_code": "Mã vận đơn",
    "sim_serial": "Serial SIM",
    "region": "CTKV",
    "placed_at": "Đặt lúc",
    "since": "Trạng thái từ",
    "handed_over_at": "Bàn giao lúc",
    "delivered_at": "Giao lúc",
    "reason_code": "Lý do",
}
"""The columns of an export, with their headings; no person is named."""


access_log = APIRouter(prefix="/v1/access-log", tags=["audit"])


class Search(BaseModel):
    """Text that staff typed or scanned; maybe a phone, so it is never part of an address."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=64)]


def _filters(
    status: Annotated[Status | None, Query(description="A state inside the tab")] = None,
    region: Region | None = None,
    delivery: Way | None = None,
    payment: PaymentMethod | None = None,
    overdue: Annotated[
        bool | None, Query(description="Only what has stood in its state for too long")
    ] = None,
) -> Filters:
    return Filters(
        status=status, region=region, delivery=delivery, payment=payment, overdue=overdue
    )


Chosen = Annotated[Filters, Depends(_filters)]


@router.get("", summary="One of the five tabs", responses=problems(UnknownCursor))
async def list_shipments(
    tab: Tab,
    chosen: Chosen,
    caller: Desk,
    tx: Transaction,
    sealer: RequestSealer,
    order: Literal["OLDEST", "NEWEST"] = "OLDEST",
    limit: Limit = 50,
    after: After = None,
) -> Page[ListedShipment]:
    """List the orders of a tab, of the caller's regions (F4.4)."""
    return await queries.page(
        tx,
        caller,
        chosen.within(tab),
        sealer,
        limit=limit,
        after=after,
        newest_first=order == "NEWEST",
    )


@router.get("/counts", summary="How many orders lie in each tab")
async def count_shipments(chosen: Chosen, caller: Desk, tx: Transaction) -> Counts:
    """Count the orders of every tab and state, of the caller's regions, exactly (F4.4)."""
    return await count(tx, caller, chosen)


@router.post("/search", summary="Find orders")
async def search_shipments(
    body: Search, caller: Desk, tx: Transaction, sealer: RequestSealer
) -> Page[ListedShipment]:
    """Find orders by hold code, number, recipient's phone, SIM serial or tracking code."""
    return await queries.search(tx, caller, body.text, sealer)


@router.get(
    "/export.csv",
    summary="The orders of a list as a file",
    response_class=StreamingResponse,
    responses=problems(TooManyToExport)
    | {200: {"content": {"text/csv": {}}, "description": "One line for each order"}},
)
async def export_shipments(
    chosen: Chosen, caller: Desk, db: RequestDatabase, tab: Tab | None = None
) -> StreamingResponse:
    """Write the orders of a list into a file, and note the member of staff who took it."""
    filters = chosen.within(tab)
    now = clock.now()
    async with db.transaction() as tx:
        rows = (await count(tx, caller, filters)).total
        await commands.note_export(tx, caller, filters, rows, now=now)
    name = f"don-hang-{now.astimezone(clock.VIETNAM):%Y%m%d-%H%M}.csv"
    return StreamingResponse(
        _lines(db, caller, filters),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


async def _lines(db: Database, caller: Caller, filters: Filters) -> AsyncIterator[bytes]:
    yield b"\xef\xbb\xbf" + _csv([list(COLUMNS.values())])
    async for shipments in queries.rows_of(db, caller, filters):
        yield _csv([_texts(shipment) for shipment in shipments])


@access_log.get("", summary="Who exported which orders", responses=problems(UnknownCursor))
async def read_exports(
    auditor: Auditor,
    tx: Transaction,
    staff_id: UUID | None = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[Export]:
    """Show which member of staff took which orders away in a file, the newest first (LAW19)."""
    return await queries.exports_of(tx, auditor, staff_id=staff_id, limit=limit, after=after)


def _texts(shipment: StaffShipment) -> list[str]:
    values = (getattr(shipment, name) for name in COLUMNS)
    return [cell(_local(value) if isinstance(value, datetime) else value) for value in values]


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(clock.VIETNAM):%Y-%m-%d %H:%M}"


def _csv(rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
