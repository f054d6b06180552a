"""Refunds as customers see them, and the list of those that staff transfer by hand."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from events import PaymentMethod, Region
from kit.auth import Caller
from kit.db import Tx
from kit.paging import Page, page_of
from order.orders.states import PaymentStatus
from order.refunds.domain import LABELS_VI, NoSuchRefund, Refund, RefundState
from order.tables import journeys, orders, payments, refunds


class RefundView(BaseModel):
    """Money that goes back, and where it is now."""

    refund_id: UUID
    amount_vnd: int
    reason_code: str
    state: RefundState
    label_vi: str
    requested_at: datetime
    settled_at: datetime | None
    """The moment the customer's bank, or a person, had given it back."""


class HandRefundView(RefundView):
    """A refund a person transfers, with what that person must know."""

    order_id: UUID
    hold_id: UUID
    hold_code: str
    customer_id: UUID | None
    region: Region | None
    method: PaymentMethod
    by_hand_because: str | None
    """The reason that a person has to transfer it, as a code."""
    by_hand_since: datetime | None
    gateway_no: str | None
    """The payment's own number at the gateway: look there first whether money went back."""
    settled_by: UUID | None
    bank_reference: str | None


async def refunds_of(tx: Tx, order_ids: Sequence[UUID]) -> dict[UUID, list[RefundView]]:
    """Return the refunds of some orders, oldest first."""
    of_orders = select(Refund).where(refunds.c.order_id.in_(order_ids)).order_by(refunds.c.id)
    by_order: dict[UUID, list[RefundView]] = {}
    for refund in (await tx.scalars(of_orders)).all():
        by_order.setdefault(refund.order_id, []).append(_view(refund))
    return by_order


_ROWS = (
    select(
        Refund,
        orders.c.customer_id,
        orders.c.region,
        journeys.c.hold_code,
        payments.c.method,
        payments.c.gateway_no,
    )
    .join(orders, orders.c.id == refunds.c.order_id)
    .join(payments, payments.c.id == refunds.c.payment_id)
    .join(journeys, journeys.c.hold_id == refunds.c.hold_id)
)


async def refunds_by_hand(
    tx: Tx, caller: Caller, *, limit: int, after: UUID | None
) -> Page[HandRefundView]:
    """Return what people of the caller's regions have to transfer, the longest owed first."""
    visible = _ROWS.where(orders.c.region.in_(caller.regions)) if caller.regions else _ROWS
    waiting = visible.where(refunds.c.status == PaymentStatus.REFUND_FAILED)
    return await page_of(
        tx,
        waiting,
        refunds.c.id,
        lambda row: _by_hand(
            row.Refund, row.customer_id, row.region, row.hold_code, row.method, row.gateway_no
        ),
        limit=limit,
        after=after,
        cursors=visible,
    )


async def refund_by_hand(tx: Tx, refund_id: UUID, caller: Caller) -> HandRefundView:
    """Return one refund of a region the member of staff covers."""
    row = (await tx.execute(_ROWS.where(refunds.c.id == refund_id))).one_or_none()
    if row is None or not caller.covers(row.region):
        raise NoSuchRefund
    return _by_hand(*row)


def _by_hand(
    refund: Refund,
    customer_id: UUID | None,
    region: Region | None,
    hold_code: str,
    method: PaymentMethod,
    gateway_no: str | None,
) -> HandRefundView:
    return HandRefundView(
        **_view(refund).model_dump(),
        order_id=refund.order_id,
        hold_id=refund.hold_id,
        hold_code=hold_code,
        customer_id=customer_id,
        region=region,
        method=method,
        by_hand_because=refund.refused_because,
        by_hand_since=refund.ended_at if refund.state is RefundState.BY_HAND else None,
        gateway_no=gateway_no,
        settled_by=refund.settled_by,
        bank_reference=refund.bank_reference,
    )


def _view(refund: Refund) -> RefundView:
    return RefundView(
        refund_id=refund.id,
        amount_vnd=refund.amount_vnd,
        reason_code=refund.reason_code,
        state=refund.state,
        label_vi=LABELS_VI[refund.state],
        requested_at=refund.requested_at,
        settled_at=refund.ended_at if refund.state is RefundState.SETTLED else None,
    )
