"""Changes of an order that need no other noun: claimed, moved to a tab, its activation shown."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from events import Defer
from kit.auth import Caller
from kit.db import Tx
from order.journeys.domain import Journey
from order.orders.domain import NoSuchOrder, Order
from order.orders.states import ActivationStatus, Status, SubStatus
from order.tables import orders


async def claim(tx: Tx, hold_id: UUID, customer_id: UUID) -> None:
    """Put a channel's order into its customer's account (P3.3)."""
    if order := await order_of(tx, hold_id):
        order.customer_id = customer_id


async def follow(
    tx: Tx, hold_id: UUID, status: Status, sub_status: SubStatus | None = None
) -> None:
    """Move the order to the tab its parcel has reached (F4.8.1, F4.14, F4.23)."""
    (await locked(tx, hold_id)).advance(status, sub_status)


async def show_activation(
    tx: Tx, hold_id: UUID, status: ActivationStatus, reason_code: str | None, *, at: datetime
) -> None:
    """Show on the order how its activation stands (F5a.14, F5a.16, decision 0025)."""
    (await locked(tx, hold_id)).show_activation(status, reason_code, at=at)


async def show_connected(tx: Tx, hold_id: UUID, *, at: datetime) -> None:
    """Show on the order that the connection is made (F5a.14, F5b.16)."""
    (await locked(tx, hold_id)).show_connected(at=at)


async def forget(tx: Tx, customer_id: UUID) -> None:
    """Forget a customer's e-mail addresses, but no buyer of an invoice: tax law keeps those."""
    personal = update(orders).where(orders.c.customer_id == customer_id)
    await tx.execute(personal.values(email_sealed=None, version=orders.c.version + 1))


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


async def locked_within(tx: Tx, order_id: UUID, caller: Caller) -> Order:
    """Return an order of a region the member of staff covers, locked."""
    order = await tx.get(Order, order_id, with_for_update=True)
    if order is None or not caller.covers(order.region):
        raise NoSuchOrder
    return order


async def order_of(tx: Tx, hold_id: UUID) -> Order | None:
    """Return the order of a hold, locked and fresh, if there is one."""
    by_hold = select(Order).where(orders.c.hold_id == hold_id).with_for_update()
    fresh = by_hold.execution_options(populate_existing=True)
    return (await tx.scalars(fresh)).one_or_none()
