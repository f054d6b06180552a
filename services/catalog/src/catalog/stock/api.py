"""HTTP: staff look through the whole stock."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from catalog.masks.domain import Mask, MaskInvalid
from catalog.numbers.domain import Status
from catalog.stock import queries
from catalog.stock.queries import StockCounts, StockFilter, StockPage
from events import Region
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from kit.paging import After, Limit, UnknownCursor

router = APIRouter(prefix="/v1/staff/numbers", tags=["stock"], responses=problems(WrongRole))
Reader = Annotated[Caller, Depends(staff("region_manager", "auditor", "admin", "sre"))]


async def _filter(
    mask: Annotated[str | None, Query(max_length=40, description="As in the search")] = None,
    status: Status | None = None,
    price_class: Annotated[str | None, Query(max_length=16)] = None,
    region: Region | None = None,
) -> StockFilter:
    return StockFilter(
        mask=Mask.read(mask) if mask and mask.strip("* ") else None,
        status=status,
        price_class=price_class,
        region=region,
    )


@router.get(
    "",
    summary="The whole stock, by status",
    responses=problems(MaskInvalid, UnknownCursor),
)
async def list_stock(
    caller: Reader,
    tx: Transaction,
    criteria: Annotated[StockFilter, Depends(_filter)],
    limit: Limit = 50,
    after: After = None,
) -> StockPage:
    """List numbers in the order of their digits, on sale or not, with an exact count."""
    return await queries.page(tx, criteria, caller, after=after, limit=limit)


@router.get("/counts", summary="How many numbers have which status")
async def count_stock(_: Reader, tx: Transaction, region: Region | None = None) -> StockCounts:
    """Count the numbers of each status."""
    return await queries.counts(tx, region)
