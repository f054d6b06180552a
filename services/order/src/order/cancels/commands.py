"""The end of an order before its time, and its revival (G18, G19, G21, decision 0022)."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select

from kit.db import Tx
from order.invoices import commands as invoicing
from order.journeys.domain import Journey
from order.orders.commands import locked, order_of
from order.orders.domain import HOLD_EXPIRED, Asker, Canceller, Order
from order.orders.states import Status, SubStatus
from order.refunds.commands import refund_order
from order.routing.commands import route_order
from order.settings import Settings
from order.settling.commands import tell_the_hold
from order.tables import orders


async def ask(tx: Tx, order: Order, asker: Asker, reason_code: str, *, now: datetime) -> None:
    """Cancel an order the caller has locked, or ask shipping to (F4.3 TH1, F4.10 TH1, G17)."""
    fact = order.ask_to_cancel(asker, reason_code, now=now)
    if fact:
        await tx.publish(fact)
    if order.status is Status.CANCELLED:
        await refund_order(tx, order, reason_code, now=now)


async def parcel_stopped(tx: Tx, hold_id: UUID, *, now: datetime) -> None:
    """Shipping stopped the parcel: the order is cancelled, and what was paid goes back (F4.11)."""
    order = await locked(tx, hold_id)
    if order.status is Status.DELIVERED:
        return
    # Nobody asked us: shipping's own staff rejected it (G17).
    canceller: Canceller = order.cancel_asked_by or "STAFF"
    reason = order.cancel_asked_because or "REJECTED_BY_STAFF"
    await _cancel_and_refund(tx, order, canceller, reason, now=now)


async def activation_stopped(tx: Tx, hold_id: UUID, *, now: datetime) -> None:
    """Activation stopped: nothing of this hold is or will be at mSale, so the order may end."""
    order = await locked(tx, hold_id)
    if order.cancel_asked_by and order.cancel_asked_because:
        await _cancel_and_refund(
            tx, order, order.cancel_asked_by, order.cancel_asked_because, now=now
        )


async def refused(tx: Tx, hold_id: UUID, reason_code: str) -> None:
    """Shipping or activation said that it is too late: the order goes on."""
    (await locked(tx, hold_id)).refuse_cancel(reason_code)


async def hold_is_gone(tx: Tx, hold_id: UUID, *, now: datetime) -> None:
    """End an order whose hold ran out of time before the money came, wherever its parcel is (G10).

    Money that is in is left to the hold's next word: confirmed after all, or lost.
    """
    journey = await tx.get_one(Journey, hold_id)
    order = await order_of(tx, hold_id)
    if journey.closed_because != HOLD_EXPIRED or order is None:
        return
    if order.paid_by:
        await tell_the_hold(tx, order, now=now)
    elif order.status is not Status.CANCELLED:
        await tx.publish(order.cancel("SYSTEM", HOLD_EXPIRED, now=now))


async def hold_was_confirmed(tx: Tx, hold_id: UUID, *, settings: Settings, now: datetime) -> None:
    """Bring back an order that only the clock had ended (decision 0021).

    A hold confirmed for an order that somebody had cancelled is told once more to let go.
    """
    order = await order_of(tx, hold_id)
    journey = await tx.get_one(Journey, hold_id)
    if order is None or order.status is not Status.CANCELLED:
        return
    may_live = order.cancelled_by_the_clock and (order.owed_back_vnd or order.payment == "COD")
    if may_live and not journey.given_up:
        await tx.publish(order.revive(now=now))
        store_region = order.region if order.delivery == "STORE" else None
        await route_order(tx, order, journey, store_region=store_region, now=now)
        if order.owed_back_vnd:
            await invoicing.issue(tx, order, settings=settings, now=now)
    elif order.paid_too_late:
        order.paid_too_late = False
        await tx.publish(order.cancelled(now=now))
        await refund_order(tx, order, "HOLD_LOST", now=now)


async def hold_was_released(tx: Tx, hold_id: UUID, reason_code: str, *, now: datetime) -> None:
    """End an order with the hold that was given up, and give back the money that is in.

    A clock of the hold may have run out wherever the parcel is: cash that was not collected,
    nobody at the store. A deadline for activating that passed is left to the activation's own
    word and its policy.
    """
    order = await order_of(tx, hold_id)
    if order is None or reason_code == "ACTIVATION_EXPIRED":
        return
    canceller: Canceller = "CHANNEL" if order.payment == "CHANNEL" else "SYSTEM"
    await _cancel_and_refund(tx, order, canceller, reason_code, now=now)


async def hold_was_lost(tx: Tx, hold_id: UUID, *, now: datetime) -> None:
    """Give back money that found no number, without anybody asking (decision 0021)."""
    order = await locked(tx, hold_id)
    order.paid_too_late = False
    await _cancel_and_refund(tx, order, "SYSTEM", "HOLD_LOST", now=now)


async def parcel_refused(
    tx: Tx, hold_id: UUID, reason_code: str, *, keep: timedelta, now: datetime
) -> None:
    """Cancel a parcel refused at the door: it travels back, then the money (F4.16-18, G21)."""
    order = await locked(tx, hold_id)
    if order.status is Status.DELIVERED:
        return
    if order.status is not Status.CANCELLED:
        until = now + keep if order.owed_back_vnd else None
        await tx.publish(order.cancel("CARRIER", reason_code, now=now, keep_number_until=until))
    if order.sub_status is None:
        order.sub_status = SubStatus.RETURNING


async def parcel_returned(tx: Tx, hold_id: UUID, *, now: datetime) -> None:
    """Give the money back now that the parcel is back (G21)."""
    order = await locked(tx, hold_id)
    if order.status is Status.DELIVERED:
        return
    await _cancel_and_refund(tx, order, "CARRIER", "RETURNED", now=now)
    order.sub_status = SubStatus.RETURNED


async def parcel_lost(tx: Tx, hold_id: UUID, reason_code: str, *, now: datetime) -> None:
    """End an order whose parcel the carrier lost, and give the money back."""
    order = await locked(tx, hold_id)
    if order.status is Status.DELIVERED:
        return
    await _cancel_and_refund(tx, order, "CARRIER", reason_code, now=now)
    order.sub_status = SubStatus.LOST


async def never_activated(tx: Tx, hold_id: UUID, *, refund: bool, now: datetime) -> None:
    """End an order nobody activated in time; by policy the price goes back (G39)."""
    order = await locked(tx, hold_id)
    over = order.status is Status.CANCELLED
    if not over:
        await tx.publish(order.cancel("SYSTEM", "ACTIVATION_EXPIRED", now=now, owes=refund))
    if refund or over:  # what an order owes that ended before is owed whatever the policy
        await refund_order(tx, order, "ACTIVATION_EXPIRED", now=now)


def returns_overdue(now: datetime) -> Select[UUID]:
    """Select the orders whose refused parcel is too long on its way back (G21)."""
    return select(orders.c.id).where(orders.c.refund_after <= now).order_by(orders.c.refund_after)


async def refund_overdue_return(tx: Tx, order_id: UUID, *, now: datetime) -> None:
    """Give the money back before the parcel has come back (G21)."""
    await refund_order(tx, await tx.get_one(Order, order_id), "RETURN_OVERDUE", now=now)


async def _cancel_and_refund(
    tx: Tx, order: Order, canceller: Canceller, reason_code: str, *, now: datetime
) -> None:
    if order.status is not Status.CANCELLED:
        await tx.publish(order.cancel(canceller, reason_code, now=now))
    await refund_order(tx, order, reason_code, now=now)
