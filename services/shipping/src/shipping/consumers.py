"""Kafka: what shipping does when it hears other services.

A hold's news comes on many topics and in any order. Whatever is heard is written into the hold's
row first, under its lock; then the shipment, if there is one yet, catches up with all of it.
"""

from events import (
    CancelRequested,
    OrderPlaced,
    OrderRouted,
    PaymentConfirmed,
    SubjectErased,
)
from events.facts.hold_facts import BEGINNINGS, ENDINGS, Beginning, Ending
from events.transport import Subscriptions
from kit import clock
from kit.db import Tx
from kit.revocations import consumers as revocations
from shipping.deliveries import commands as deliveries
from shipping.holds import commands as holds
from shipping.shipments import commands as shipments

subscriptions = Subscriptions[Tx]("shipping")
revocations.listen(subscriptions)


@subscriptions.on(*BEGINNINGS, *ENDINGS)
async def follow_hold(fact: Beginning | Ending, tx: Tx) -> None:
    """Know whose hold it is, and send nothing, or call it back, once it is over (G10, F4.11).

    A hold that had run out may be confirmed for a payment heard late: then its parcel goes on.
    """
    hold = await holds.take_up(tx, fact.hold_id)
    hold.hear(fact)
    await shipments.catch_up(tx, hold, now=clock.now())


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


@subscriptions.on(CancelRequested)
async def decide_cancel(asked: CancelRequested, tx: Tx) -> None:
    """Answer whether the parcel can still be stopped (F4.3, F4.10, G18)."""
    hold = await holds.take_up(tx, asked.hold_id)
    await shipments.answer_cancel(tx, hold, asked.reason_code, now=clock.now())
