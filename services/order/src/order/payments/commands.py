"""Beginning a payment, waiting for it, and ending an attempt that brought no money."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select

from kit.db import Tx
from order.journeys.domain import Journey
from order.orders.commands import locked_of
from order.orders.domain import Order
from order.orders.states import HAS_MONEY, PaymentStatus, Status
from order.payments.domain import OPEN, NothingToPay, Payment, TooManyAttempts
from order.settings import Settings
from order.tables import orders, payments
from order.vnpay.domain import IpnAnswer, Notice, Outcome
from order.vnpay.gateways import tasks


async def initiate(tx: Tx, order: Order, *, settings: Settings, now: datetime) -> Payment:
    """Begin an attempt to pay online and publish it; the caller holds the order's lock.

    Raises `NothingToPay` if the order does not wait for money, `TooManyAttempts` after the last.
    """
    if order.status is not Status.AWAITING_PAYMENT:
        raise NothingToPay(order.id)
    so_far = select(func.count()).where(payments.c.order_id == order.id)
    if (await tx.scalar(so_far) or 0) >= settings.payment_attempts:
        raise TooManyAttempts(settings.payment_attempts)
    payment, initiated = Payment.initiate(order, now=now, pay_before=now + settings.payment_window)
    payment.next_question_at = now + settings.payment_poll
    tx.add(payment)
    order.payment_status = payment.status
    await tx.flush()
    await tx.publish(initiated)
    return payment


async def pay_again(
    tx: Tx, order_id: UUID, customer_id: UUID, *, settings: Settings, now: datetime
) -> Payment:
    """Begin another attempt to pay, after one that failed or was left (G10)."""
    order = await locked_of(tx, order_id, customer_id)
    journey = await tx.get_one(Journey, order.hold_id)
    if order.status is Status.AWAITING_PAYMENT:
        journey.must_be_open(now=now)
    return await initiate(tx, order, settings=settings, now=now)


async def expect_cash(tx: Tx, order: Order, *, now: datetime) -> None:
    """Note that the courier or the store takes the money with the parcel (F3.12 TH2)."""
    order.payment_status = PaymentStatus.COD_DUE
    tx.add(Payment.of(order, order.total_vnd, PaymentStatus.COD_DUE, now=now))
    await tx.flush()


async def not_paid(
    tx: Tx, order: Order, payment: Payment, notice: Notice, *, settings: Settings, now: datetime
) -> IpnAnswer:
    """Apply the gateway's word that an attempt failed, ran out of time, or is not decided yet."""
    if payment.status not in OPEN:
        _ask_later(payment, settings=settings, now=now)
        return IpnAnswer.ALREADY_FINAL
    if notice.outcome is Outcome.FAILED:
        expired = notice.reason_code == "PAYMENT_EXPIRED"
        status = PaymentStatus.EXPIRED if expired else PaymentStatus.FAILED
        await _fail(tx, order, payment, status, notice.reason_code, now=now)
    else:
        await _wait(tx, order, payment, notice, settings=settings, now=now)
    return IpnAnswer.APPLIED


async def status_to_show(tx: Tx, order_id: UUID, otherwise: PaymentStatus) -> PaymentStatus:
    """Return the status of an attempt that is still open: the order is still being paid."""
    still_open = select(payments.c.status).where(
        payments.c.order_id == order_id, payments.c.status.in_(OPEN)
    )
    await tx.flush()
    return (await tx.scalars(still_open.limit(1))).one_or_none() or otherwise


def questions_due(now: datetime) -> Select[UUID]:
    """Select the payments VNPay has to be asked about, the longest waiting first."""
    due = select(payments.c.id).where(payments.c.next_question_at <= now)
    return due.order_by(payments.c.next_question_at)


async def ask_about(tx: Tx, payment_id: UUID, *, settings: Settings, now: datetime) -> None:
    """Note a question about a payment nobody told us about (G10)."""
    payment = await tx.get_one(Payment, payment_id)
    payment.next_question_at = now + settings.payment_poll
    region = await tx.scalar(select(orders.c.region).where(orders.c.id == payment.order_id))
    await tasks.add(tx, "ask-payment", ref=payment_id, region=region)


async def _fail(
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
        order.payment_status = await status_to_show(tx, order.id, status)
    await tx.publish(failed)


async def _wait(
    tx: Tx, order: Order, payment: Payment, notice: Notice, *, settings: Settings, now: datetime
) -> None:
    assert payment.pay_before, "only an attempt online is asked about"
    over = payment.pay_before
    if notice.outcome is Outcome.UNDECIDED:
        payment.wait()
        over += settings.payment_grace
        if order.paid_by is None:
            order.payment_status = payment.status
    if now >= over:
        await _fail(tx, order, payment, PaymentStatus.EXPIRED, "PAYMENT_EXPIRED", now=now)
    _ask_later(payment, settings=settings, now=now)


def _ask_later(payment: Payment, *, settings: Settings, now: datetime) -> None:
    """Ask about an expired attempt less and less often: its money could still come."""
    if payment.status not in (*OPEN, PaymentStatus.EXPIRED) or payment.pay_before is None:
        return
    since: timedelta = now - payment.pay_before
    given_up = since > settings.late_payment_watch
    payment.next_question_at = None if given_up else now + max(settings.payment_poll, since)
