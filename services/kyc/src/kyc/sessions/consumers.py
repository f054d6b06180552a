"""Kafka: the end of a hold, and a connection that was refused, change its session."""

from events import ConnectionRejected
from events.facts.hold_facts import ENDINGS, Ending, later
from events.transport import Subscriptions
from kit.db import Tx
from kyc.journeys.commands import journey_of
from kyc.sessions.commands import close_if_over, reopen

subscriptions = Subscriptions[Tx]("kyc")


@subscriptions.on(*ENDINGS)
async def end_with_the_hold(fact: Ending, tx: Tx) -> None:
    """Stop, unless the hold was paid in time and confirmed after all."""
    journey = await journey_of(tx, fact.hold_id)
    journey.hear(fact)
    await close_if_over(tx, journey)


@subscriptions.on(ConnectionRejected)
async def repeat_what_the_connection_refused(rejected: ConnectionRejected, tx: Tx) -> None:
    """Reopen the form or the photos if that is what was refused (F5a.16, F5a.18 TH1, G32)."""
    journey = await journey_of(tx, rejected.hold_id)
    if rejected.repeat in ("EDIT", "PHOTO", "CALL"):
        journey.call_undone_at = later(journey.call_undone_at, rejected.occurred_at)
    if rejected.repeat in ("EDIT", "PHOTO"):
        await reopen(tx, rejected, rejected.repeat)
