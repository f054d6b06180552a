"""HTTP: customers look at their orders."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from kit.auth import Customer
from kit.db import Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from kit.paging import After, Limit, Page, UnknownCursor
from order.lists.gateways import RequestPageParts
from order.lists.queries import MyOrderView, my_order_to_pay, my_orders
from order.orders.domain import NoSuchOrder
from order.orders.states import Status

router = APIRouter(prefix="/v1/orders", tags=["orders"])


@router.get("", summary="List my orders", responses=problems(UnknownCursor))
async def list_orders(
    customer: Customer,
    tx: Transaction,
    sealer: RequestSealer,
    limit: Limit = 20,
    status: Annotated[Status | None, Query(description="One tab (F4.2)")] = None,
    after: After = None,
) -> Page[MyOrderView]:
    """List the caller's orders, all or those of a tab, newest first (F4.4)."""
    return await my_orders(tx, customer.subject_id, sealer, status=status, limit=limit, after=after)


@router.get(
    "/by-hold/{hold_id}", summary="Show the order of a hold", responses=problems(NoSuchOrder)
)
async def read_order_of_hold(
    hold_id: UUID, customer: Customer, tx: Transaction, page: RequestPageParts
) -> MyOrderView:
    """Show the order of one of the caller's holds (F3.14)."""
    return await my_order_to_pay(tx, hold_id, customer.subject_id, page)


@router.get("/{order_id}", summary="Show an order", responses=problems(NoSuchOrder))
async def read_order(
    order_id: UUID, customer: Customer, tx: Transaction, page: RequestPageParts
) -> MyOrderView:
    """Show one of the caller's orders: tab, money, activation."""
    return await my_order_to_pay(tx, order_id, customer.subject_id, page)
