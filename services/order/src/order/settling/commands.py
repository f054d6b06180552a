"""Money in: an order is settled and invoiced by it, or it goes back.

It comes from VNPay, from a parcel's cash, or from a channel that collected it.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from kit.db import Tx
from order.invoices import commands as invoicing
from order.journeys.domain import Journey
from order.orders.commands import locked
from order.orders.domain import Order
from order.orders.states import PaymentStatus, Status
from order.payments.commands import not_paid, status_to_show
from order.payments.domain import CAN_BE_PAID, Payment
from order.refunds import commands as refunds
from order.settings import Settings
from order.tables import payments
from order.vnpay.domain import IpnAnswer, Notice, Outcome


async def take_as_paid(
    tx: Tx, order: Order, amount_vnd: int, *, paid_at: datetime, settings: Settings, now: datetime
) -> None:
    """Settle an order whose money is in already (P2.2), or that costs nothing."""
    start = PaymentStatus.INITIATED if amount_vnd else PaymentStatus.NONE_DUE
    payment = Payment.of(order, amount_vnd, start, now=min(paid_at, now))
    payment.paid_at = payment.created_at
    if amount_vnd:
        payment.succeed(paid_at=paid_at, now=now)
    tx.add(payment)
    await tx.flush()
    order.settle(payment.id, amount_vnd, payment.status)
    await tx.publish(payment.confirmed(now=now))
    await invoicing.issue(tx, order, settings=settings, now=now)


async def apply_notice(tx: Tx, notice: Notice, *, settings: Settings, now: datetime) -> IpnAnswer:
    """Apply the gateway's checked word about an attempt, by its call or on our question, once."""
    named = select(payments.c.id, payments.c.order_id).where(payments.c.txn_ref == notice.txn_ref)
    ids = (await tx.execute(named)).one_or_none()
    if ids is None:
        return IpnAnswer.UNKNOWN_REFERENCE
    # The order first, then the payment: everybody locks in this order.
    order = await tx.get_one(Order, ids.order_id, with_for_update=True)
    payment = await tx.get_one(Payment, ids.id, with_for_update=True)
    if notice.outcome is not Outcome.UNKNOWN and notice.amount_vnd != payment.amount_vnd:
        return IpnAnswer.WRONG_AMOUNT
    if notice.outcome is Outcome.PAID:
        return await _paid(tx, order, payment, notice, settings=settings, now=now)
    return await not_paid(tx, order, payment, notice, settings=settings, now=now)


async def apply_answer(tx: Tx, notice: Notice, *, settings: Settings, now: datetime) -> None:
    """Apply the gateway's answer to our question: money of another amount goes straight back.

    The gateway's call (IPN) about such an amount is only refused: its answer is what counts.
    """
    if await apply_notice(tx, notice, settings=settings, now=now) is not IpnAnswer.WRONG_AMOUNT:
        return
    named = select(Payment).where(payments.c.txn_ref == notice.txn_ref)
    payment = (await tx.scalars(named)).one()
    if payment.status not in CAN_BE_PAID:
        payment.next_question_at = None
        return
    order = await tx.get_one(Order, payment.order_id)
    payment.succeed(paid_at=notice.paid_at or now, now=now, gateway_no=notice.gateway_no)
    unclear = None if notice.amount_vnd else "AMOUNT_UNCLEAR"
    payment.amount_vnd = notice.amount_vnd or payment.amount_vnd
    await refunds.refund_payment(
        tx, order, payment, "WRONG_AMOUNT", now=now, by_hand_because=unclear
    )
    if order.paid_by is None:
        order.payment_status = await status_to_show(tx, order.id, PaymentStatus.FAILED)


async def collect_cash(
    tx: Tx, hold_id: UUID, amount_vnd: int, *, at: datetime, settings: Settings, now: datetime
) -> None:
    """Note the cash of a parcel (F4.20, G15); cash that was not due is owed back."""
    order = await locked(tx, hold_id)
    cash = select(Payment).where(payments.c.order_id == order.id, payments.c.method == "COD")
    expected = (await tx.scalars(cash.order_by(payments.c.id).limit(1).with_for_update())).first()
    if expected and expected.status is not PaymentStatus.COD_DUE:
        return
    due = expected.amount_vnd if expected else 0
    if expected:
        expected.collect(min(amount_vnd, due), at=at, now=now)
        await _collected(tx, order, expected, settings=settings, now=now)
    if amount_vnd > due:
        more = Payment.of(order, 0, PaymentStatus.COD_DUE, now=now)
        more.method = "COD"
        more.collect(amount_vnd - due, at=at, now=now)
        tx.add(more)
        await refunds.refund_payment(tx, order, more, "NOT_DUE", now=now)


async def tell_the_hold(tx: Tx, order: Order, *, now: datetime) -> None:
    """Tell an expired hold of the cash that is in: it confirms or is lost (decision 0021).

    The hold hears of no cash otherwise: while it is confirmed, cash changes nothing for it.
    """
    if order.payment == "COD" and order.paid_by and order.owed_back_vnd:
        payment = await tx.get_one(Payment, order.paid_by)
        await tx.publish(payment.confirmed(now=now))


async def _paid(
    tx: Tx, order: Order, payment: Payment, notice: Notice, *, settings: Settings, now: datetime
) -> IpnAnswer:
    if payment.status not in CAN_BE_PAID:
        return IpnAnswer.ALREADY_FINAL
    payment.succeed(paid_at=notice.paid_at or now, now=now, gateway_no=notice.gateway_no)
    if order.paid_by:
        await refunds.refund_payment(tx, order, payment, "PAID_TWICE", now=now)
        return IpnAnswer.APPLIED
    order.settle(payment.id, payment.amount_vnd, payment.status)
    await tx.publish(payment.confirmed(now=now))
    if order.status is not Status.CANCELLED:
        await invoicing.issue(tx, order, settings=settings, now=now)
    elif not await _hold_decides(tx, order):
        await refunds.refund_order(tx, order, "PAID_AFTER_CANCEL", now=now)
    return IpnAnswer.APPLIED


async def _collected(
    tx: Tx, order: Order, payment: Payment, *, settings: Settings, now: datetime
) -> None:
    order.settle(payment.id, payment.amount_vnd, payment.status)
    if order.status is not Status.CANCELLED:
        await invoicing.issue(tx, order, settings=settings, now=now)
    elif await _hold_decides(tx, order):
        await tell_the_hold(tx, order, now=now)
    else:
        await refunds.refund_order(tx, order, "COLLECTED_AFTER_CANCEL", now=now)


async def _hold_decides(tx: Tx, order: Order) -> bool:
    """Tell whether the hold's word about late money is still to come: confirmed after all, or lost.

    An order only the clock had ended waits for it (decision 0021).
    """
    journey = await tx.get_one(Journey, order.hold_id)
    return order.cancelled_by_the_clock and not journey.given_up
