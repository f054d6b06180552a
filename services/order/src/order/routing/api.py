"""HTTP: staff see the orders of their regions with the reason, and hand one over."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from events import Region
from kit import clock
from kit.auth import Caller, staff
from kit.db import Transaction
from kit.http import problems
from kit.paging import After, Limit, Page, UnknownCursor
from order.lists.queries import StaffOrderView, staff_order, staff_orders
from order.orders.commands import locked_within
from order.orders.domain import NoSuchOrder
from order.orders.states import OrderIsOver, Status
from order.routing import commands
from order.routing.domain import NoCallTeam
from order.routing.queries import DecisionsView, decisions_about

router = APIRouter(prefix="/v1/staff/orders", tags=["staff"])

MaySee = Annotated[
    Caller,
    Depends(
        staff("osp_staff", "region_manager", "call_agent", "connection_officer", "admin", "sre")
    ),
]
MayReroute = Annotated[Caller, Depends(staff("osp_staff", "region_manager", "admin"))]


class Reroute(BaseModel):
    """The regional company that takes over."""

    region: Region


@router.get("", summary="List orders of my regions", responses=problems(UnknownCursor))
async def list_orders(
    caller: MaySee,
    tx: Transaction,
    status: Status | None = None,
    region: Region | None = None,
    hold_id: UUID | None = None,
    limit: Limit = 20,
    after: After = None,
) -> Page[StaffOrderView]:
    """List orders, newest first, by tab (F4.4)."""
    return await staff_orders(
        tx, caller, status=status, region=region, hold_id=hold_id, limit=limit, after=after
    )


@router.get("/{order_id}", summary="Show an order", responses=problems(NoSuchOrder))
async def read_order(order_id: UUID, caller: MaySee, tx: Transaction) -> StaffOrderView:
    """Show an order of one's own region."""
    return await staff_order(tx, order_id, caller)


@router.get(
    "/{order_id}/routing", summary="Why is this order ours?", responses=problems(NoSuchOrder)
)
async def read_routing(order_id: UUID, caller: MaySee, tx: Transaction) -> DecisionsView:
    """Show every routing decision with its rule and inputs (SD.3)."""
    await staff_order(tx, order_id, caller)
    return await decisions_about(tx, order_id)


@router.post(
    "/{order_id}/reroute",
    summary="Hand an order to another regional company",
    responses=problems(NoSuchOrder, NoCallTeam, OrderIsOver),
)
async def reroute(
    order_id: UUID, body: Reroute, caller: MayReroute, tx: Transaction
) -> StaffOrderView:
    """Hand over by hand: a new OrderRouted with the rule MANUAL (decision 0023)."""
    order = await locked_within(tx, order_id, caller)
    staff_id, now = caller.subject_id, clock.now()
    view = await staff_order(tx, order_id, caller)
    await commands.reroute(tx, order, body.region, staff_id=staff_id, now=now)
    taken_over = {"region": order.region, "shop_code": order.shop_code, "team": order.team}
    return view.model_copy(update=taken_over)
