"""HTTP: the refunds that staff transfer by hand, because the bank does not."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kit import clock
from kit.auth import Caller, staff
from kit.db import Transaction
from kit.http import problems
from kit.paging import After, Limit, Page, UnknownCursor
from order.refunds import commands
from order.refunds.domain import NoSuchRefund, RefundNotByHand
from order.refunds.queries import HandRefundView, refund_by_hand, refunds_by_hand

router = APIRouter(prefix="/v1/staff/refunds", tags=["staff"])

MayRefund = Annotated[Caller, Depends(staff("osp_staff", "region_manager", "admin"))]


class Transferred(BaseModel):
    """The transfer a person made."""

    bank_reference: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9./_-]{3,63}$")
    """The bank's reference of the transfer, as on its receipt."""


@router.get(
    "",
    summary="List the refunds to transfer by hand",
    responses=problems(UnknownCursor),
)
async def list_refunds(
    caller: MayRefund, tx: Transaction, limit: Limit = 20, after: After = None
) -> Page[HandRefundView]:
    """List the refunds of one's own regions that no bank gives back, the oldest first (G18)."""
    return await refunds_by_hand(tx, caller, limit=limit, after=after)


@router.get(
    "/{refund_id}",
    summary="Show a refund",
    responses=problems(NoSuchRefund),
)
async def read_refund(refund_id: UUID, caller: MayRefund, tx: Transaction) -> HandRefundView:
    """Show a refund of one's own regions, given back by the bank or by hand."""
    return await refund_by_hand(tx, refund_id, caller)


@router.post(
    "/{refund_id}/transferred",
    summary="Note that the money was transferred",
    responses=problems(NoSuchRefund, RefundNotByHand),
)
async def transferred(
    refund_id: UUID, body: Transferred, caller: MayRefund, tx: Transaction
) -> HandRefundView:
    """Note a transfer with the bank's reference; the same reference again is the same answer."""
    now = clock.now()
    await commands.transferred(tx, refund_id, body.bank_reference, caller, now=now)
    await tx.flush()
    return await refund_by_hand(tx, refund_id, caller)
