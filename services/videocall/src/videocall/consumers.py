"""Kafka: what videocall does when it hears other services, in whatever order it hears them."""

from datetime import datetime
from uuid import UUID

from events import (
    ConnectionCompleted,
    ConnectionRejected,
    HoldClaimed,
    HoldConfirmed,
    HoldCreated,
    HoldExpired,
    HoldReleased,
    KycPassed,
    KycSubmitted,
    OrderCancelled,
    OrderRouted,
)
from events.subscriptions import Subscriptions
from kit import clock
from kit.db import Tx
from videocall.journeys.commands import end_if_over, follow_the_route, journey_of
from videocall.journeys.domain import later

subscriptions = Subscriptions[Tx]("videocall")


@subscriptions.on(HoldCreated)
async def know_the_slip(created: HoldCreated, tx: Tx) -> None:
    """Learn whose slip it is; a channel's customer claims it later (P3.3)."""
    journey = await journey_of(tx, created.hold_id)
    journey.customer_id = journey.customer_id or created.customer_id


@subscriptions.on(HoldClaimed)
async def know_the_owner(claimed: HoldClaimed, tx: Tx) -> None:
    """Learn who the customer of a channel is (P3.3)."""
    (await journey_of(tx, claimed.hold_id)).customer_id = claimed.customer_id


@subscriptions.on(HoldConfirmed)
async def know_it_is_paid(confirmed: HoldConfirmed, tx: Tx) -> None:
    """Learn that an expiry heard before or after no longer counts."""
    journey = await journey_of(tx, confirmed.hold_id)
    journey.confirmed_at = later(journey.confirmed_at, confirmed.occurred_at)


@subscriptions.on(KycSubmitted)
async def wait_for_the_verdict(submitted: KycSubmitted, tx: Tx) -> None:
    """Learn that the papers are being checked again: an older pass is not the last word."""
    (await journey_of(tx, submitted.hold_id)).submitted(submitted.attempt)


@subscriptions.on(KycPassed)
async def allow_the_call(passed: KycPassed, tx: Tx) -> None:
    """Learn that the customer may call (P3.4, F5a.7 TH2, F5b.6 TH1)."""
    (await journey_of(tx, passed.hold_id)).checked(passed.attempt, passed.occurred_at)


@subscriptions.on(OrderRouted)
async def know_the_team(routed: OrderRouted, tx: Tx) -> None:
    """Learn which team answers; a customer who waits already waits for the new one (SD.3)."""
    journey = await journey_of(tx, routed.hold_id)
    if journey.routed(routed.region, routed.team, routed.occurred_at):
        await follow_the_route(tx, journey, now=clock.now())


@subscriptions.on(ConnectionRejected)
async def allow_another_call(rejected: ConnectionRejected, tx: Tx) -> None:
    """Let the customer call again if that, or what the call was made on, was refused (G32)."""
    journey = await journey_of(tx, rejected.hold_id)
    if rejected.repeat in ("CALL", "EDIT", "PHOTO"):
        journey.reopened_at = later(journey.reopened_at, rejected.occurred_at)
    if rejected.repeat in ("EDIT", "PHOTO"):
        journey.refuse_papers(rejected.occurred_at)


@subscriptions.on(ConnectionCompleted)
async def know_it_is_done(completed: ConnectionCompleted, tx: Tx) -> None:
    """Learn that no call is needed any more."""
    journey = await journey_of(tx, completed.hold_id)
    journey.connected_at = later(journey.connected_at, completed.connected_at)


@subscriptions.on(OrderCancelled)
async def end_with_the_order(cancelled: OrderCancelled, tx: Tx) -> None:
    """End the call: there is nothing to verify any more."""
    await _give_up(tx, cancelled.hold_id, cancelled.occurred_at)


@subscriptions.on(HoldReleased)
async def end_with_the_hold(released: HoldReleased, tx: Tx) -> None:
    """End the call: the number is free again."""
    await _give_up(tx, released.hold_id, released.occurred_at)


@subscriptions.on(HoldExpired)
async def end_with_the_clock(expired: HoldExpired, tx: Tx) -> None:
    """End the call, unless the hold was paid in time and confirmed after all."""
    journey = await journey_of(tx, expired.hold_id)
    journey.expired_at = later(journey.expired_at, expired.occurred_at)
    await end_if_over(tx, journey, now=clock.now())


async def _give_up(tx: Tx, hold_id: UUID, at: datetime) -> None:
    journey = await journey_of(tx, hold_id)
    journey.given_up_at = later(journey.given_up_at, at)
    await end_if_over(tx, journey, now=clock.now())
