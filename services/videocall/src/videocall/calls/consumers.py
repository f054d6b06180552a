"""Kafka: facts of a journey that may end its call or move it to another team."""

from events import ConnectionRejected, KycSubmitted, OrderRouted
from events.facts.hold_facts import ENDINGS, Ending, later
from events.transport import Subscriptions
from kit import clock
from kit.db import Tx
from videocall.calls.commands import end_if_over, end_if_unready, follow_the_route
from videocall.journeys.commands import journey_of
from videocall.journeys.domain import Check
from videocall.teams.commands import know_team

subscriptions = Subscriptions[Tx]("videocall")


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


@subscriptions.on(OrderRouted)
async def know_the_team(routed: OrderRouted, tx: Tx) -> None:
    """Learn which team answers; a customer who waits already waits for the new one (SD.3)."""
    journey = await journey_of(tx, routed.hold_id)
    await know_team(tx, routed.team, routed.region)
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
