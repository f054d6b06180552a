"""Kafka: every fact of a journey may bring it to another stage."""

from uuid import UUID

from events import CATALOGUE, Event
from events.transport import Subscriptions
from kit.db import Tx
from order.stages import commands

subscriptions = Subscriptions[Tx]("order")


async def follow(event: Event, tx: Tx) -> None:
    """Keep the stage that the journey stands in."""
    await commands.follow(tx, UUID(event.key))


for fact in CATALOGUE.values():
    if fact.keyed_by == "hold_id":
        subscriptions.on(fact)(follow)
