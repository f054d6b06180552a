"""Kafka: a channel has the money and now has the hold; an order is placed by the system."""

from events import HoldCreated
from events.transport import Subscriptions
from kit import clock
from kit.db import Tx
from order.placing import commands
from order.settings import Settings


def subscriptions(settings: Settings) -> Subscriptions[Tx]:
    """Return the handler of new holds; by the settings, their orders are priced."""
    subscribed = Subscriptions[Tx]("order")

    @subscribed.on(HoldCreated)
    async def place_for_channel(created: HoldCreated, tx: Tx) -> None:
        """Pay first, then hold: the order needs nobody's click (P2.2, G05)."""
        await commands.place_for_channel(tx, created.hold_id, settings=settings, now=clock.now())

    return subscribed
