"""Owing money back, and giving it back: once per payment, for any reason."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, select

from kit.auth import Caller
from kit.db import Tx
from kit.tasks import task
from order.orders.domain import Order
from order.orders.states import HAS_MONEY, PaymentStatus
from order.payments.domain import Payment
from order.refunds.domain import CASH, NoSuchRefund, Refund, RefundNotice, RefundState
from order.settings import Settings
from order.tables import payments, refunds
from order.vnpay.gateways import tasks


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
    tx: Tx,
    order: Order,
    payment: Payment,
    reason_code: str,
    *,
    now: datetime,
    by_hand_because: str | None = None,
) -> None:
    """Give one payment back; cash, and what the gateway cannot name, goes by a person's hand."""
    refund, requested = Refund.request(payment, reason_code, now=now)
    tx.add(refund)
    _show(order, payment)
    await tx.flush()  # one_refund_per_payment: a second one is a bug and must not commit
    await tx.publish(requested)
    because = by_hand_because or (None if payment.method == "ONLINE" else CASH)
    if because:
        await _apply(tx, order, payment, refund, RefundNotice.by_hand(because), now=now)
    else:
        await tasks.add(tx, "refund", ref=refund.id, region=order.region)


async def apply_notice(
    tx: Tx, refund_id: UUID, notice: RefundNotice, *, settings: Settings, now: datetime
) -> None:
    """Take the gateway's word about a refund; while the bank has it, ask again later (G18)."""
    order, payment, refund = await _locked(tx, refund_id)
    unsettled = (
        refund.at_bank_since and now - refund.at_bank_since >= settings.refund_unsettled_after
    )
    if unsettled and notice.state is RefundState.AT_BANK:
        notice = RefundNotice.by_hand("REFUND_UNSETTLED")
    await _apply(tx, order, payment, refund, notice, now=now)
    if refund.at_bank_since and refund.is_open:
        age = min(now - refund.at_bank_since, settings.refund_longest_pause)
        due_at = now + max(settings.refund_poll, age)
        await tasks.add(tx, "ask-refund", ref=refund_id, due_at=due_at, region=order.region)


async def transferred(
    tx: Tx, refund_id: UUID, bank_reference: str, caller: Caller, *, now: datetime
) -> Refund:
    """Note that a member of staff of the order's region has transferred the money (G18)."""
    order, payment, refund = await _locked(tx, refund_id)
    if not caller.covers(order.region):
        raise NoSuchRefund
    if fact := refund.transferred(bank_reference, staff_id=caller.subject_id, now=now):
        payment.refund_ended(refund.status)
        _show(order, payment)
        await tx.publish(fact)
    return refund


def refunds_without_a_task(_: datetime) -> Select[UUID]:
    """Select the refunds without an open task: theirs was given up on the work list."""
    at_work = exists().where(task.c.ref == refunds.c.id, task.c.done_at.is_(None))
    owed = select(refunds.c.id).where(refunds.c.status == PaymentStatus.REFUND_PENDING, ~at_work)
    return owed.order_by(refunds.c.id)


async def leave_to_a_person(tx: Tx, refund_id: UUID, *, settings: Settings, now: datetime) -> None:
    """Put a refund without an open task on the list of those that staff transfer."""
    await apply_notice(
        tx, refund_id, RefundNotice.by_hand("ERRAND_GIVEN_UP"), settings=settings, now=now
    )


async def _locked(tx: Tx, refund_id: UUID) -> tuple[Order, Payment, Refund]:
    refund = await tx.get(Refund, refund_id)
    if refund is None:
        raise NoSuchRefund
    order = await tx.get_one(Order, refund.order_id, with_for_update=True)
    payment = await tx.get_one(Payment, refund.payment_id, with_for_update=True)
    await tx.refresh(refund, with_for_update=True)
    return order, payment, refund


async def _apply(
    tx: Tx, order: Order, payment: Payment, refund: Refund, notice: RefundNotice, *, now: datetime
) -> None:
    fact = refund.apply(notice, now=now)
    if fact is None:
        return
    if not refund.is_open:
        payment.refund_ended(refund.status)
        _show(order, payment)
    await tx.publish(fact)


def _show(order: Order, payment: Payment) -> None:
    """Show on the order how its own money fares; a second payment's refund is not its state."""
    if order.paid_by == payment.id:
        order.payment_status = PaymentStatus(payment.status)
