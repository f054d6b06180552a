"""HTTP: delivered parcels whose cash is still open, for OSP's staff (F4.19, F4.20)."""

from typing import Annotated

from fastapi import APIRouter, Depends

from kit.auth import Caller, staff
from kit.db import Transaction
from kit.http import problems
from kit.paging import After, Limit, Page, UnknownCursor
from shipping.cash import queries
from shipping.cash.queries import OpenCash, OpenCashSum

router = APIRouter(prefix="/v1/staff/open-cash", tags=["cash on delivery"])

Desk = Annotated[Caller, Depends(staff("osp_staff", "region_manager", "admin"))]


@router.get("", summary="Cash that no carrier has reported", responses=problems(UnknownCursor))
async def list_open_cash(
    caller: Desk, tx: Transaction, limit: Limit = 50, after: After = None
) -> Page[OpenCash]:
    """List delivered parcels of the caller's regions whose cash is still open, oldest first."""
    return await queries.page(tx, caller, limit=limit, after=after)


@router.get("/counts", summary="How much cash no carrier has reported")
async def count_open_cash(caller: Desk, tx: Transaction) -> OpenCashSum:
    """Count these parcels of the caller's regions, and add up their money, exactly."""
    return await queries.count(tx, caller)
