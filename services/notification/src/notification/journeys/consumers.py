"""Kafka: the numbers that messages name."""

from typing import Final

from events import NumberSoftLocked
from events.transport import Subscriptions
from kit.db import Tx
from notification.journeys import commands

subscriptions: Final = Subscriptions[Tx]("notification")


@subscriptions.on(NumberSoftLocked)
async def note_number(locked: NumberSoftLocked, tx: Tx) -> None:
    """Keep the digits of a number, for the messages to come."""
    await commands.note_number(tx, locked)
