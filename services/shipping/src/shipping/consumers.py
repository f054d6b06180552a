"""Kafka: what shipping does when it hears other services.

A hold's news comes on many topics and in any order. Whatever is heard is written into the hold's
row first, under its lock; then the shipment, if there is one yet, catches up with all of it.
"""

from events import (
    CancelRequested,
    HoldClaimed,
    HoldConfirmed,
    HoldCreated,
    HoldExpired,
    HoldLost,
    HoldReleased,
    OrderCancelled,
    OrderPlaced,
    OrderRouted,
    PaymentConfirmed,
    SubjectErased,
)
from events.subscriptions import Subscriptions
from kit import clock
from kit.db import Tx
from kit.revocations import consumers as revocations
from shipping.deliveries import commands as deliveries
from shipping.holds import commands as holds
from shipping.shipments import commands as shipments

subscriptions = Subscriptions[Tx]("shipping")
revocations.listen(subscriptions)


@subscriptions.on(HoldCreated)
async def note_slip(created: HoldCreated, tx: Tx) -> None:
    """Remember the hold code for the parcel (P2.3) and whose hold it is."""
    (await holds.take_up(tx, created.hold_id)).learn_slip(created)


@subscriptions.on(HoldClaimed)
async def note_owner(claimed: HoldClaimed, tx: Tx) -> None:
    """Remember who claimed a channel's slip (P3.3)."""
    (await holds.take_up(tx, claimed.hold_id)).learn_owner(claimed)


@subscriptions.on(SubjectErased)
async def forget_subject(erased: SubjectErased, tx: Tx) -> None:
    """Forget a person's address; the shipment itself names nobody."""
    await deliveries.forget(tx, erased.subject_id)


@subscriptions.on(OrderRouted)
async def note_route(routed: OrderRouted, tx: Tx) -> None:
    """Remember whose staff sees the order (SD.3)."""
    (await holds.take_up(tx, routed.hold_id)).learn_route(routed)


@subscriptions.on(OrderPlaced)
async def begin_shipment(placed: OrderPlaced, tx: Tx) -> None:
    """Begin to ship (F4.1)."""
    hold = await holds.take_up(tx, placed.hold_id)
    await shipments.place(tx, placed, hold, now=clock.now())


@subscriptions.on(PaymentConfirmed)
async def begin_paid_shipment(paid: PaymentConfirmed, tx: Tx) -> None:
    """Let a paid order enter the tab "Chờ xử lý" (F4.2)."""
    hold = await holds.take_up(tx, paid.hold_id)
    hold.paid = True
    await shipments.catch_up(tx, hold, now=clock.now())


@subscriptions.on(HoldConfirmed)
async def begin_confirmed_shipment(confirmed: HoldConfirmed, tx: Tx) -> None:
    """Go on for a number that is kept after all, though its hold had run out."""
    hold = await holds.take_up(tx, confirmed.hold_id)
    hold.learn_confirmed(confirmed.occurred_at)
    await shipments.catch_up(tx, hold, now=clock.now())


@subscriptions.on(HoldExpired)
async def call_off_expired(expired: HoldExpired, tx: Tx) -> None:
    """Send nothing when nobody paid in time (G10)."""
    hold = await holds.take_up(tx, expired.hold_id)
    hold.learn_gone(expired.occurred_at, "HOLD_EXPIRED")
    await shipments.catch_up(tx, hold, now=clock.now())


@subscriptions.on(HoldReleased)
async def call_off_released(released: HoldReleased, tx: Tx) -> None:
    """Send nothing for a hold that was given up."""
    hold = await holds.take_up(tx, released.hold_id)
    hold.learn_gone(released.occurred_at, "HOLD_RELEASED")
    await shipments.catch_up(tx, hold, now=clock.now())


@subscriptions.on(HoldLost)
async def call_off_lost(lost: HoldLost, tx: Tx) -> None:
    """Send nothing when a late payment found its number gone (G10)."""
    hold = await holds.take_up(tx, lost.hold_id)
    hold.learn_gone(lost.occurred_at, "HOLD_LOST")
    await shipments.catch_up(tx, hold, now=clock.now())


@subscriptions.on(OrderCancelled)
async def call_off_cancelled(cancelled: OrderCancelled, tx: Tx) -> None:
    """Send nothing for an order that is gone for good (F4.11)."""
    hold = await holds.take_up(tx, cancelled.hold_id)
    hold.order_cancelled = True
    await shipments.catch_up(tx, hold, now=clock.now())


@subscriptions.on(CancelRequested)
async def decide_cancel(asked: CancelRequested, tx: Tx) -> None:
    """Answer whether the parcel can still be stopped (F4.3, F4.10, G18)."""
    hold = await holds.take_up(tx, asked.hold_id)
    await shipments.answer_cancel(tx, hold, asked.reason_code, now=clock.now())
