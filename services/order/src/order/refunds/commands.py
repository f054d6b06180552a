"""Owing money back, and giving it back: whatever asks for it, once per payment."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from kit.db import Tx
from order.orders.domain import Order
from order.payments.domain import HAS_MONEY, Payment, PaymentStatus
from order.payments.gateways import tasks
from order.refunds.domain import BY_HAND, Refund, Returned
from order.tables import payments


async def refund_order(tx: Tx, order: Order, reason_code: str, *, now: datetime) -> None:
    """Give back all money of an order we took; the caller holds the order's lock.

    What a channel took, the channel gives back: OrderCancelled told it how much is due.
    """
    order.refund_after = None
    taken = select(Payment).where(
        payments.c.order_id == order.id,
        payments.c.status.in_(HAS_MONEY),
        payments.c.method != "CHANNEL",
        payments.c.amount_vnd > 0,
    )
    for payment in (await tx.scalars(taken.with_for_update())).all():
        await refund_payment(tx, order, payment, reason_code, now=now)


async def refund_payment(
    tx: Tx, order: Order, payment: Payment, reason_code: str, *, now: datetime
) -> None:
    """Give one payment back; cash goes back by a person's hand."""
    refund, requested = Refund.request(payment, reason_code, now=now)
    tx.add(refund)
    _show(order, payment)
    await tx.flush()  # one_refund_per_payment: a second one is a bug and must not commit
    await tx.publish(requested)
    if payment.method == "ONLINE":
        await tasks.add(tx, "refund", ref=refund.id)
    else:
        await _end(tx, order, payment, refund, Returned(BY_HAND), now=now)


async def returned(tx: Tx, refund_id: UUID, answer: Returned, *, now: datetime) -> None:
    """Take the gateway's word about a refund."""
    refund = await tx.get_one(Refund, refund_id)
    order = await tx.get_one(Order, refund.order_id, with_for_update=True)
    payment = await tx.get_one(Payment, refund.payment_id, with_for_update=True)
    await _end(tx, order, payment, refund, answer, now=now)


async def _end(
    tx: Tx, order: Order, payment: Payment, refund: Refund, answer: Returned, *, now: datetime
) -> None:
    ended = refund.end(answer, now=now)
    payment.refund_ended(refund.status)
    _show(order, payment)
    await tx.publish(ended)


def _show(order: Order, payment: Payment) -> None:
    """Show on the order how its own money fares; a second payment's refund is not its state."""
    if order.paid_by == payment.id:
        order.payment_status = PaymentStatus(payment.status)
