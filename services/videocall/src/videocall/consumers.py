"""Kafka: what videocall does when it hears other services, in whatever order it hears them."""

from events import (
    ConnectionCompleted,
    ConnectionRejected,
    KycPassed,
    KycSubmitted,
    OrderRouted,
)
from events.facts.hold_facts import BEGINNINGS, ENDINGS, Beginning, Ending, later
from events.transport import Subscriptions
from kit import clock
from kit.db import Tx
from kit.revocations import consumers as revocations
from videocall.checks.domain import Check
from videocall.journeys.commands import end_if_over, end_if_unready, follow_the_route, journey_of

subscriptions = Subscriptions[Tx]("videocall")
revocations.listen(subscriptions)


@subscriptions.on(*BEGINNINGS)
async def follow_the_hold(fact: Beginning, tx: Tx) -> None:
    """Learn whose slip it is, and whether the number is kept after all (P3.3)."""
    (await journey_of(tx, fact.hold_id)).hear(fact)


@subscriptions.on(*ENDINGS)
async def end_with_the_hold(fact: Ending, tx: Tx) -> None:
    """End the call, unless the hold was paid in time and confirmed after all."""
    journey = await journey_of(tx, fact.hold_id)
    journey.hear(fact)
    await end_if_over(tx, journey, now=clock.now())


@subscriptions.on(KycSubmitted)
async def wait_for_the_verdict(submitted: KycSubmitted, tx: Tx) -> None:
    """Learn that the papers are being checked again: who waits with older ones calls again."""
    journey = await journey_of(tx, submitted.hold_id)
    journey.submit(Check(submitted.session_id, submitted.attempt))
    await end_if_unready(tx, journey, now=clock.now())


@subscriptions.on(KycPassed)
async def allow_the_call(passed: KycPassed, tx: Tx) -> None:
    """Learn that the customer may call (P3.4, F5a.7 TH2, F5b.6 TH1)."""
    journey = await journey_of(tx, passed.hold_id)
    journey.check_passed(Check(passed.session_id, passed.attempt), passed.occurred_at)


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
    await end_if_unready(tx, journey, now=clock.now())


@subscriptions.on(ConnectionCompleted)
async def know_it_is_done(completed: ConnectionCompleted, tx: Tx) -> None:
    """Learn that no call is needed any more."""
    journey = await journey_of(tx, completed.hold_id)
    journey.connected_at = later(journey.connected_at, completed.connected_at)
