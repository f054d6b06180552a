"""Kafka: cash that was taken for a parcel."""

from events import CodCollected
from events.transport import Subscriptions
from kit import clock
from kit.db import Tx
from order.settings import Settings
from order.settling import commands


def subscriptions(settings: Settings) -> Subscriptions[Tx]:
    """Return the handler of cash; by the settings, the order is invoiced."""
    subscribed = Subscriptions[Tx]("order")

    @subscribed.on(CodCollected)
    async def collect_cash(cash: CodCollected, tx: Tx) -> None:
        """Note that the money for the parcel was taken (F4.20, G15)."""
        at, amount, now = cash.collected_at, cash.amount_vnd, clock.now()
        await commands.collect_cash(tx, cash.hold_id, amount, at=at, settings=settings, now=now)

    return subscribed
