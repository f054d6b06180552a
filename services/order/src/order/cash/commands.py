"""Cash that is due at the door or the counter, and cash that was taken there."""

from datetime import datetime

from sqlalchemy import select

from kit.db import Tx
from order.invoices import commands as invoicing
from order.orders.domain import Order
from order.orders.states import Status
from order.payments.domain import Payment, PaymentStatus
from order.refunds import commands as refunds
from order.settings import Settings
from order.settling.commands import hold_decides, payment_of
from order.tables import payments


async def expect_cash(tx: Tx, order: Order, *, now: datetime) -> None:
    """Note that whoever hands over the parcel takes the money (F3.12 TH2)."""
    order.payment_status = PaymentStatus.COD_DUE
    tx.add(payment_of(order, order.total_vnd, PaymentStatus.COD_DUE, now=now))
    await tx.flush()


async def collect_cash(
    tx: Tx, order: Order, amount_vnd: int, *, at: datetime, config: Settings, now: datetime
) -> None:
    """Note the cash of a parcel (F4.20, G15); cash that was not due is owed back."""
    cash = select(Payment).where(payments.c.order_id == order.id, payments.c.method == "COD")
    known = (await tx.scalars(cash.order_by(payments.c.id).limit(1).with_for_update())).first()
    if known and known.status is not PaymentStatus.COD_DUE:
        return
    due = known.amount_vnd if known else 0
    if known:
        known.collect(min(amount_vnd, due), at=at, now=now)
        await _settle(tx, order, known, config=config, now=now)
    if amount_vnd > due:
        more = payment_of(order, 0, PaymentStatus.COD_DUE, now=now)
        more.method = "COD"
        more.collect(amount_vnd - due, at=at, now=now)
        tx.add(more)
        await refunds.refund_payment(tx, order, more, "NOT_DUE", now=now)


async def _settle(
    tx: Tx, order: Order, payment: Payment, *, config: Settings, now: datetime
) -> None:
    order.settle(payment.id, payment.amount_vnd, payment.status)
    if order.status is not Status.CANCELLED:
        await invoicing.issue(tx, order, config=config, now=now)
    elif await hold_decides(tx, order):
        await tell_the_hold(tx, order, now=now)
    else:
        await refunds.refund_order(tx, order, "COLLECTED_AFTER_CANCEL", now=now)


async def tell_the_hold(tx: Tx, order: Order, *, now: datetime) -> None:
    """Tell an expired hold of the cash that is in: it confirms or is lost (decision 0021).

    It hears of no cash otherwise: while it is confirmed, cash on receipt changes nothing for it.
    """
    if order.payment == "COD" and order.paid_by and order.owed_back_vnd:
        payment = await tx.get_one(Payment, order.paid_by)
        await tx.publish(payment.confirmed(now=now))
