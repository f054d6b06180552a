"""Money in: attempts online, cash on receipt, what a channel collected."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select

from events import PaymentInitiated
from kit.db import Tx
from order.invoices import commands as invoicing
from order.journeys.domain import GIVEN_UP, Journey
from order.orders.domain import Order
from order.orders.states import Status
from order.payments.domain import (
    CAN_BE_PAID,
    HAS_MONEY,
    OPEN,
    Heard,
    NothingToPay,
    Notice,
    Outcome,
    Payment,
    PaymentStatus,
    TooManyAttempts,
)
from order.refunds import commands as refunds
from order.settings import Settings
from order.tables import orders, payments
from order.vnpay.gateways import tasks


async def initiate(tx: Tx, order: Order, *, config: Settings, now: datetime) -> PaymentInitiated:
    """Begin an attempt to pay online; the caller holds the order's lock and states the fact."""
    if order.status is not Status.AWAITING_PAYMENT:
        raise NothingToPay(order.id)
    so_far = select(func.count()).where(payments.c.order_id == order.id)
    if (await tx.scalar(so_far) or 0) >= config.payment_attempts:
        raise TooManyAttempts(config.payment_attempts)
    until = now + config.payment_window
    payment, initiated = Payment.initiate(
        order.id, order.hold_id, order.total_vnd, now=now, pay_before=until
    )
    payment.next_question_at = now + config.payment_poll
    tx.add(payment)
    order.payment_status = payment.status
    await tx.flush()
    return initiated


async def take_as_paid(
    tx: Tx, order: Order, amount_vnd: int, *, paid_at: datetime, config: Settings, now: datetime
) -> None:
    """Settle an order whose money is in already (P2.2), or that costs nothing."""
    start = PaymentStatus.INITIATED if amount_vnd else PaymentStatus.NONE_DUE
    payment = payment_of(order, amount_vnd, start, now=min(paid_at, now))
    payment.paid_at = payment.created_at
    if amount_vnd:
        payment.succeed(paid_at=paid_at, now=now)
    tx.add(payment)
    await tx.flush()
    order.settle(payment.id, amount_vnd, payment.status)
    await tx.publish(payment.confirmed(now=now))
    await invoicing.issue(tx, order, config=config, now=now)


async def hear_gateway(tx: Tx, notice: Notice, *, config: Settings, now: datetime) -> Heard:
    """Act on the gateway's checked word about an attempt, whoever asked for it, once."""
    named = select(payments.c.id, payments.c.order_id).where(payments.c.txn_ref == notice.txn_ref)
    found = (await tx.execute(named)).one_or_none()
    if found is None:
        return Heard.UNKNOWN_REFERENCE
    # The order first, then the payment: everybody locks in this order.
    order = await tx.get_one(Order, found.order_id, with_for_update=True)
    payment = await tx.get_one(Payment, found.id, with_for_update=True)
    if notice.outcome is not Outcome.UNKNOWN and notice.amount_vnd != payment.amount_vnd:
        return Heard.WRONG_AMOUNT
    if notice.outcome is Outcome.PAID:
        return await _paid(tx, order, payment, notice, config=config, now=now)
    if payment.status not in OPEN:
        _ask_later(payment, config=config, now=now)
        return Heard.ALREADY_FINAL
    if notice.outcome is Outcome.FAILED:
        expired = notice.reason_code == "PAYMENT_EXPIRED"
        status = PaymentStatus.EXPIRED if expired else PaymentStatus.FAILED
        await _failed(tx, order, payment, status, notice.reason_code, now=now)
    else:
        await _undecided(tx, order, payment, notice, config=config, now=now)
    return Heard.APPLIED


async def hear_answer(tx: Tx, notice: Notice, *, config: Settings, now: datetime) -> None:
    """Act on the gateway's answer to our question: money of another amount goes straight back.

    The gateway's call (IPN) about such an amount is only refused: its answer is what counts.
    """
    if await hear_gateway(tx, notice, config=config, now=now) is not Heard.WRONG_AMOUNT:
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
        order.payment_status = await _shown(tx, order.id, PaymentStatus.FAILED)


def questions_due(now: datetime) -> Select[UUID]:
    """Select the payments whose answer is due, the longest waiting first."""
    due = select(payments.c.id).where(payments.c.next_question_at <= now)
    return due.order_by(payments.c.next_question_at)


async def ask_about(tx: Tx, payment_id: UUID, *, config: Settings, now: datetime) -> None:
    """Note a question about a payment nobody told us about (G10)."""
    payment = await tx.get_one(Payment, payment_id)
    payment.next_question_at = now + config.payment_poll
    region = await tx.scalar(select(orders.c.region).where(orders.c.id == payment.order_id))
    await tasks.add(tx, "ask-payment", ref=payment_id, region=region)


async def _paid(
    tx: Tx, order: Order, payment: Payment, notice: Notice, *, config: Settings, now: datetime
) -> Heard:
    if payment.status not in CAN_BE_PAID:
        return Heard.ALREADY_FINAL
    payment.succeed(paid_at=notice.paid_at or now, now=now, gateway_no=notice.gateway_no)
    if order.paid_by:
        await refunds.refund_payment(tx, order, payment, "PAID_TWICE", now=now)
        return Heard.APPLIED
    order.settle(payment.id, payment.amount_vnd, payment.status)
    await tx.publish(payment.confirmed(now=now))
    if order.status is not Status.CANCELLED:
        await invoicing.issue(tx, order, config=config, now=now)
    elif not await hold_decides(tx, order):
        await refunds.refund_order(tx, order, "PAID_AFTER_CANCEL", now=now)
    return Heard.APPLIED


async def hold_decides(tx: Tx, order: Order) -> bool:
    """Tell whether the hold's word about late money is still to come: confirmed after all, or lost.

    An order only the clock had ended waits for it (decision 0021).
    """
    journey = await tx.get_one(Journey, order.hold_id)
    return order.cancelled_by_the_clock and journey.ended_because not in GIVEN_UP


async def _failed(
    tx: Tx,
    order: Order,
    payment: Payment,
    status: PaymentStatus,
    reason_code: str,
    *,
    now: datetime,
) -> None:
    failed = payment.fail(status, reason_code, now=now)
    if order.payment_status not in HAS_MONEY and order.paid_by is None:
        order.payment_status = await _shown(tx, order.id, status)
    await tx.publish(failed)


async def _shown(tx: Tx, order_id: UUID, otherwise: PaymentStatus) -> PaymentStatus:
    """Another attempt may still be open: then the order is still being paid."""
    still_open = select(payments.c.status).where(
        payments.c.order_id == order_id, payments.c.status.in_(OPEN)
    )
    await tx.flush()
    return (await tx.scalars(still_open.limit(1))).one_or_none() or otherwise


async def _undecided(
    tx: Tx, order: Order, payment: Payment, notice: Notice, *, config: Settings, now: datetime
) -> None:
    assert payment.pay_before, "only an attempt online is asked about"
    over = payment.pay_before
    if notice.outcome is Outcome.UNDECIDED:
        payment.wait()
        over += config.payment_grace
        if order.paid_by is None:
            order.payment_status = payment.status
    if now >= over:
        await _failed(tx, order, payment, PaymentStatus.EXPIRED, "PAYMENT_EXPIRED", now=now)
    _ask_later(payment, config=config, now=now)


def _ask_later(payment: Payment, *, config: Settings, now: datetime) -> None:
    """Ask about an expired attempt less and less often: its money could still come."""
    if payment.status not in (*OPEN, PaymentStatus.EXPIRED) or payment.pay_before is None:
        return
    since: timedelta = now - payment.pay_before
    given_up = since > config.late_payment_watch
    payment.next_question_at = None if given_up else now + max(config.payment_poll, since)


def payment_of(order: Order, amount_vnd: int, status: PaymentStatus, *, now: datetime) -> Payment:
    """Begin a payment of an order, by the way it is paid."""
    return Payment(
        order_id=order.id,
        hold_id=order.hold_id,
        method=order.payment,
        amount_vnd=amount_vnd,
        status=status,
        created_at=now,
    )
