"""What happens to an order until it is delivered: paying again, following the parcel."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from events import Defer, Event, Region
from kit.auth import Caller
from kit.db import Tx
from order.activations.domain import ActivationStatus, reason_of, shown_after
from order.cash import commands as cash
from order.invoices import commands as invoicing
from order.journeys.domain import GIVEN_UP, Journey
from order.orders.domain import NoSuchOrder, Order
from order.orders.states import OrderIsOver, Status, SubStatus
from order.refunds.commands import refund_order
from order.routing import commands as routing
from order.settings import Settings
from order.settling import commands as settling
from order.tables import orders


async def pay_again(
    tx: Tx, order_id: UUID, customer_id: UUID, *, config: Settings, now: datetime
) -> Order:
    """Begin another attempt to pay, after one that failed or was left (G10)."""
    order = await locked_of(tx, order_id, customer_id)
    journey = await tx.get_one(Journey, order.hold_id)
    if order.status is Status.AWAITING_PAYMENT:
        journey.must_be_open(now=now)
    await tx.publish(await settling.initiate(tx, order, config=config, now=now))
    return order


async def claim(tx: Tx, hold_id: UUID, customer_id: UUID) -> None:
    """Put a channel's order into its customer's account (P3.3)."""
    if order := await order_of(tx, hold_id):
        order.customer_id = customer_id


async def follow(
    tx: Tx, hold_id: UUID, status: Status, sub_status: SubStatus | None = None
) -> None:
    """Move the order to the tab its parcel has reached (F4.8.1, F4.14, F4.23)."""
    (await locked(tx, hold_id)).advance(status, sub_status)


async def collect_cash(
    tx: Tx, hold_id: UUID, amount_vnd: int, *, at: datetime, config: Settings, now: datetime
) -> None:
    """Note the cash taken for a parcel (F4.20, G15)."""
    order = await locked(tx, hold_id)
    await cash.collect_cash(tx, order, amount_vnd, at=at, config=config, now=now)


async def show_activation(tx: Tx, hold_id: UUID, event: Event) -> None:
    """Show on the order how its activation stands (F5a.14, F5a.16, decision 0025)."""
    order = await locked(tx, hold_id)
    status = shown_after(event, order.sim)
    order.show_activation(status, reason_of(event), at=event.occurred_at)


async def hold_confirmed(tx: Tx, hold_id: UUID, *, config: Settings, now: datetime) -> None:
    """Bring back an order that only the clock had ended (decision 0021).

    A hold confirmed for an order that somebody had cancelled is told once more to let go.
    """
    order = await order_of(tx, hold_id)
    journey = await tx.get_one(Journey, hold_id)
    if order is None or order.status is not Status.CANCELLED:
        return
    given_up = journey.ended_because in GIVEN_UP
    may_live = order.cancelled_by_the_clock and (order.owed_back_vnd or order.payment == "COD")
    if may_live and not given_up:
        await tx.publish(order.revive(now=now))
        store_region = order.region if order.delivery == "STORE" else None
        routed = await routing.route_order(tx, order, journey, store_region=store_region, now=now)
        await tx.publish(routed)
        if order.owed_back_vnd:
            await invoicing.issue(tx, order, config=config, now=now)
    elif order.paid_too_late:
        order.paid_too_late = False
        await tx.publish(order.cancelled(now=now))
        await refund_order(tx, order, "HOLD_LOST", now=now)


async def reroute(tx: Tx, order: Order, region: Region, *, staff_id: UUID, now: datetime) -> None:
    """Give an order to another regional company by hand (decision 0023)."""
    if order.status is Status.CANCELLED or order.activation is ActivationStatus.ACTIVATED:
        raise OrderIsOver(order.status)
    journey = await tx.get_one(Journey, order.hold_id)
    routed = await routing.reroute(tx, order, journey, region, staff_id=staff_id, now=now)
    await tx.publish(routed)


async def forget(tx: Tx, customer_id: UUID) -> None:
    """Forget what is personal on a customer's orders, but not who an invoice was made out to.

    Tax law keeps invoices and their buyers.
    """
    theirs = update(orders).where(orders.c.customer_id == customer_id)
    await tx.execute(theirs.values(email_sealed=None, version=orders.c.version + 1))


async def locked(tx: Tx, hold_id: UUID) -> Order:
    """Return the order of a journey, which nobody else may change now."""
    order = await order_of(tx, hold_id)
    if order is None:
        raise Defer("OrderPlaced" if await tx.get(Journey, hold_id) else "HoldCreated")
    return order


async def locked_of(tx: Tx, order_id: UUID, customer_id: UUID) -> Order:
    """Return a customer's own order, locked; another customer's looks like none at all."""
    order = await tx.get(Order, order_id, with_for_update=True)
    if order is None or order.customer_id != customer_id:
        raise NoSuchOrder
    return order


async def locked_within(tx: Tx, order_id: UUID, who: Caller) -> Order:
    """Return an order of a region the member of staff covers, locked."""
    order = await tx.get(Order, order_id, with_for_update=True)
    if order is None or not who.covers(order.region):
        raise NoSuchOrder
    return order


async def order_of(tx: Tx, hold_id: UUID) -> Order | None:
    """Return the order of a hold, locked and fresh, if there is one."""
    found = select(Order).where(orders.c.hold_id == hold_id).with_for_update()
    fresh = found.execution_options(populate_existing=True)
    return (await tx.scalars(fresh)).one_or_none()
