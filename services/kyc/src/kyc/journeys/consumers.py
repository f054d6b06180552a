"""Kafka: facts about a hold, its parcel and its connection are kept in its journey."""

from datetime import datetime
from uuid import UUID

from events import (
    ConnectionCompleted,
    OrderRouted,
    ShipmentDelivered,
    StorePickupDone,
    VideoCallRevoked,
)
from events.facts.hold_facts import BEGINNINGS, Beginning, later
from events.transport import Subscriptions
from kit.db import Tx
from kyc.journeys.commands import journey_of

subscriptions = Subscriptions[Tx]("kyc")


@subscriptions.on(*BEGINNINGS)
async def follow_the_hold(fact: Beginning, tx: Tx) -> None:
    """Learn whose slip it is, of which SIM, and whether the number is kept (P3.3)."""
    (await journey_of(tx, fact.hold_id)).hear(fact)


@subscriptions.on(ShipmentDelivered)
async def know_it_arrived(delivered: ShipmentDelivered, tx: Tx) -> None:
    """Learn that the customer has the blank SIM (F5a.1)."""
    await _received(tx, delivered.hold_id, delivered.delivered_at)


@subscriptions.on(StorePickupDone)
async def know_it_was_collected(done: StorePickupDone, tx: Tx) -> None:
    """Learn that the customer took the blank SIM at a store (F4.7, F5a.1)."""
    await _received(tx, done.hold_id, done.occurred_at)


@subscriptions.on(OrderRouted)
async def know_the_region(routed: OrderRouted, tx: Tx) -> None:
    """Learn whose staff may look at the case (SD.3)."""
    (await journey_of(tx, routed.hold_id)).routed(routed.region, routed.occurred_at)


@subscriptions.on(ConnectionCompleted)
async def count_the_number(completed: ConnectionCompleted, tx: Tx) -> None:
    """Count one more number on this document (LAW02)."""
    journey = await journey_of(tx, completed.hold_id)
    journey.connected_at = later(journey.connected_at, completed.connected_at)


@subscriptions.on(VideoCallRevoked)
async def forget_the_call(revoked: VideoCallRevoked, tx: Tx) -> None:
    """Learn that the approval was taken back."""
    journey = await journey_of(tx, revoked.hold_id)
    journey.call_undone_at = later(journey.call_undone_at, revoked.occurred_at)


async def _received(tx: Tx, hold_id: UUID, at: datetime) -> None:
    journey = await journey_of(tx, hold_id)
    journey.received_at = later(journey.received_at, at)
