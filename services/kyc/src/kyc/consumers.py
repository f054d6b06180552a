"""Kafka: what kyc does when it hears other services, in whatever order it hears them."""

from datetime import datetime
from uuid import UUID

from events import (
    ConnectionCompleted,
    ConnectionRejected,
    OrderRouted,
    ShipmentDelivered,
    StorePickupDone,
    VideoCallAbandoned,
    VideoCallApproved,
    VideoCallRejected,
    VideoCallRetryNeeded,
    VideoCallRevoked,
    VideoCallStarted,
)
from events.facts.hold_facts import BEGINNINGS, ENDINGS, Beginning, Ending, later
from events.transport import Subscriptions
from kit.db import Tx
from kit.revocations import consumers as revocations
from kyc.calls import commands as calls
from kyc.journeys.commands import close_if_over, journey_of, reopen

subscriptions = Subscriptions[Tx]("kyc")
revocations.listen(subscriptions)


@subscriptions.on(*BEGINNINGS)
async def follow_the_hold(fact: Beginning, tx: Tx) -> None:
    """Learn whose slip it is, of which SIM, and whether the number is kept (P3.3)."""
    (await journey_of(tx, fact.hold_id)).hear(fact)


@subscriptions.on(*ENDINGS)
async def end_with_the_hold(fact: Ending, tx: Tx) -> None:
    """Stop, unless the hold was paid in time and confirmed after all."""
    journey = await journey_of(tx, fact.hold_id)
    journey.hear(fact)
    await close_if_over(tx, journey)


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


@subscriptions.on(VideoCallStarted)
async def know_who_talks(started: VideoCallStarted, tx: Tx) -> None:
    """Learn which agent may look at the case while the call lasts (SB.3.3a)."""
    at = started.occurred_at
    await calls.begin(tx, started.call_id, started.hold_id, started.agent_id, at=at)


@subscriptions.on(VideoCallAbandoned, VideoCallRetryNeeded)
async def know_the_call_ended(ended: VideoCallAbandoned | VideoCallRetryNeeded, tx: Tx) -> None:
    """Learn that the agent has nothing more to look for in the case."""
    await _ended(tx, ended)


@subscriptions.on(VideoCallApproved)
async def keep_what_the_call_saw(approved: VideoCallApproved, tx: Tx) -> None:
    """Learn that an agent compared the person with this record: it stays as it is."""
    await _ended(tx, approved)
    journey = await journey_of(tx, approved.hold_id)
    journey.approved(approved.attempt, approved.approved_at)


@subscriptions.on(VideoCallRevoked)
async def forget_the_call(revoked: VideoCallRevoked, tx: Tx) -> None:
    """Learn that the approval was taken back."""
    journey = await journey_of(tx, revoked.hold_id)
    journey.call_undone_at = later(journey.call_undone_at, revoked.occurred_at)


@subscriptions.on(VideoCallRejected)
async def repeat_what_the_call_refused(rejected: VideoCallRejected, tx: Tx) -> None:
    """Reopen the form or the photos if that is what the agent found wrong (F5a.8 TH1, G26)."""
    await _ended(tx, rejected)
    await journey_of(tx, rejected.hold_id)
    if rejected.repeat in ("EDIT", "PHOTO"):
        await reopen(tx, rejected, rejected.repeat)


@subscriptions.on(ConnectionRejected)
async def repeat_what_the_connection_refused(rejected: ConnectionRejected, tx: Tx) -> None:
    """Reopen the form or the photos if that is what was refused (F5a.16, F5a.18 TH1, G32)."""
    journey = await journey_of(tx, rejected.hold_id)
    if rejected.repeat in ("EDIT", "PHOTO", "CALL"):
        journey.call_undone_at = later(journey.call_undone_at, rejected.occurred_at)
    if rejected.repeat in ("EDIT", "PHOTO"):
        await reopen(tx, rejected, rejected.repeat)


async def _ended(
    tx: Tx,
    fact: VideoCallAbandoned | VideoCallRetryNeeded | VideoCallApproved | VideoCallRejected,
) -> None:
    await calls.end(tx, fact.call_id, fact.hold_id, at=fact.occurred_at)


async def _received(tx: Tx, hold_id: UUID, at: datetime) -> None:
    journey = await journey_of(tx, hold_id)
    journey.received_at = later(journey.received_at, at)
