"""HTTP: cancelling, by the customer and by staff."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel

from events import ReasonCode
from kit import clock
from kit.auth import Caller, Customer, staff
from kit.db import Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from order.cancels import commands
from order.lists.queries import MyOrderView, StaffOrderView, my_order, staff_order
from order.orders.commands import locked_of, locked_within
from order.orders.domain import NoSuchOrder
from order.orders.states import CannotCancel

ASKED: Final[dict[str, Any]] = {
    "description": "Shipping or activation decides; `cancel` says how it stands"
}

router = APIRouter(prefix="/v1", tags=["cancelling"])

MayCancel = Annotated[Caller, Depends(staff("osp_staff", "region_manager", "admin"))]


class Cancel(BaseModel):
    """The reason to cancel, as a code."""

    reason_code: ReasonCode


@router.post(
    "/orders/{order_id}/cancel",
    summary="Cancel my order",
    responses=problems(NoSuchOrder, CannotCancel) | {202: ASKED | {"model": MyOrderView}},
)
async def cancel(
    order_id: UUID,
    body: Cancel,
    customer: Customer,
    tx: Transaction,
    sealer: RequestSealer,
    response: Response,
) -> MyOrderView:
    """Cancel at once (200), or ask shipping to stop the parcel (202) (F4.3, F4.10, G19)."""
    order = await locked_of(tx, order_id, customer.subject_id)
    await commands.ask(tx, order, "CUSTOMER", body.reason_code, now=clock.now())
    await tx.flush()
    view = await my_order(tx, order_id, customer.subject_id, sealer)
    response.status_code = 202 if view.cancel.pending else 200
    return view


@router.post(
    "/staff/orders/{order_id}/cancel",
    summary="Cancel an order for a reason",
    responses=problems(NoSuchOrder, CannotCancel) | {202: ASKED | {"model": StaffOrderView}},
)
async def cancel_by_staff(
    order_id: UUID, body: Cancel, caller: MayCancel, tx: Transaction, response: Response
) -> StaffOrderView:
    """Cancel an order of one's own region, with a reason (G17)."""
    order = await locked_within(tx, order_id, caller)
    await commands.ask(tx, order, "STAFF", body.reason_code, now=clock.now())
    await tx.flush()
    view = await staff_order(tx, order_id, caller)
    response.status_code = 202 if view.cancel.pending else 200
    return view
