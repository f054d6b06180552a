"""Kafka: the facts that start and stop the clocks of confirmed holds."""

from typing import Final

from events import ShipmentDelivered, ShipmentHandedOver, StorePickupDone, StorePickupReady
from events.transport import Subscriptions
from hold.clocks import commands
from hold.holds.domain import earliest
from hold.holds.queries import hold_of_fact
from kit import clock
from kit.db import Tx

subscriptions: Final = Subscriptions[Tx]("hold")


@subscriptions.on(StorePickupReady)
async def wait_for_pickup(ready: StorePickupReady, tx: Tx) -> None:
    """Give the customer some working days to fetch the SIM (F4.6)."""
    hold, now = await hold_of_fact(tx, ready.hold_id), clock.now()
    at = hold.placed_in_time(ready.occurred_at, now=now)
    hold.ready_at = earliest(hold.ready_at, at)
    await commands.wind(tx, hold, at=at, now=now)


@subscriptions.on(ShipmentHandedOver)
async def wait_for_delivery(handed_over: ShipmentHandedOver, tx: Tx) -> None:
    """Keep the number while its parcel is on the road (F4.13)."""
    hold, now = await hold_of_fact(tx, handed_over.hold_id), clock.now()
    at = hold.placed_in_time(handed_over.occurred_at, now=now)
    hold.handed_over_at = earliest(hold.handed_over_at, at)
    await commands.wind(tx, hold, at=at, now=now)


@subscriptions.on(ShipmentDelivered, StorePickupDone)
async def stop_at_receipt(received: ShipmentDelivered | StorePickupDone, tx: Tx) -> None:
    """Stop the clocks: with the SIM in the customer's hand the activation's deadline runs."""
    hold, now = await hold_of_fact(tx, received.hold_id), clock.now()
    at = received.occurred_at
    if isinstance(received, ShipmentDelivered):
        at = received.delivered_at
    at = hold.placed_in_time(at, now=now)
    hold.received_at = earliest(hold.received_at, at)
    await commands.wind(tx, hold, at=at, now=now)
