"""Kafka: shipments follow holds, orders, payments and cancellations.

Events of a hold come on many topics and in any order. Each is written into the hold's row first,
under its lock; then the shipment, if there is one yet, catches up with all of them.
"""

from events import CancelRequested, OrderPlaced, PaymentConfirmed
from events.facts.hold_facts import BEGINNINGS, ENDINGS, Beginning, Ending
from events.transport import Subscriptions
from kit import clock
from kit.db import Tx
from shipping.holds import commands as holds
from shipping.shipments import commands

subscriptions = Subscriptions[Tx]("shipping")


@subscriptions.on(*BEGINNINGS, *ENDINGS)
async def follow_hold(fact: Beginning | Ending, tx: Tx) -> None:
    """Know whose hold it is, and send nothing, or call it back, once it is over (G10, F4.11).

    A hold that had run out may be confirmed for a payment heard late: then its parcel goes on.
    """
    hold = await holds.take_up(tx, fact.hold_id)
    hold.hear(fact)
    await commands.catch_up(tx, hold, now=clock.now())


@subscriptions.on(OrderPlaced)
async def begin_shipment(placed: OrderPlaced, tx: Tx) -> None:
    """Begin to ship (F4.1)."""
    hold = await holds.take_up(tx, placed.hold_id)
    await commands.place(tx, placed, hold, now=clock.now())


@subscriptions.on(PaymentConfirmed)
async def begin_paid_shipment(paid: PaymentConfirmed, tx: Tx) -> None:
    """Let a paid order enter the tab "Chờ xử lý" (F4.2)."""
    hold = await holds.take_up(tx, paid.hold_id)
    hold.paid = True
    await commands.catch_up(tx, hold, now=clock.now())


@subscriptions.on(CancelRequested)
async def decide_cancel(asked: CancelRequested, tx: Tx) -> None:
    """Answer whether the parcel can still be stopped (F4.3, F4.10, G18)."""
    hold = await holds.take_up(tx, asked.hold_id)
    await commands.answer_cancel(tx, hold, asked.reason_code, now=clock.now())
