"""Kafka: the sales channels that identity has registered, changed or closed."""

from typing import Final

from events import PartnerChanged
from events.transport import Subscriptions
from hold.channels import commands
from kit.db import Tx

subscriptions: Final = Subscriptions[Tx]("hold")


@subscriptions.on(PartnerChanged)
async def note_partner(changed: PartnerChanged, tx: Tx) -> None:
    """Remember what a sales channel may and does (SA.1)."""
    await commands.note_partner(tx, changed)
