"""Kafka: every fact of a journey becomes a line of its story."""

from uuid import UUID

from events import CATALOGUE, Event
from events.transport import Subscriptions
from kit.db import Tx
from order.timeline import commands

subscriptions = Subscriptions[Tx]("order")


async def note(event: Event, tx: Tx) -> None:
    """Add a line to the journey's story."""
    await commands.note(tx, UUID(event.key), event)


for fact in CATALOGUE.values():
    if fact.keyed_by == "hold_id":
        subscriptions.on(fact)(note)
