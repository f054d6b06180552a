"""Kafka: a channel has the money and now has the hold; an order is placed by the system."""

from events import CodCollected, HoldConfirmed, HoldCreated
from events.transport import Subscriptions
from kit import clock
from kit.db import Tx
from order.orders import commands as orders
from order.placing import commands
from order.settings import Settings


def listening(config: Settings) -> Subscriptions[Tx]:
    """Return what is done about facts that make money final, and so an invoice."""
    subscriptions = Subscriptions[Tx]("order")

    @subscriptions.on(HoldCreated)
    async def place_for_channel(created: HoldCreated, tx: Tx) -> None:
        """Pay first, then hold: the order needs nobody's click (P2.2, G05)."""
        await commands.place_for_channel(tx, created.hold_id, config=config, now=clock.now())

    @subscriptions.on(HoldConfirmed)
    async def bring_back(confirmed: HoldConfirmed, tx: Tx) -> None:
        """Go on with a hold that was confirmed although its clock had run out (decision 0021)."""
        await orders.hold_confirmed(tx, confirmed.hold_id, config=config, now=clock.now())

    @subscriptions.on(CodCollected)
    async def collect_cash(cash: CodCollected, tx: Tx) -> None:
        """Note that the money for the parcel was taken (F4.20, G15)."""
        at, amount = cash.collected_at, cash.amount_vnd
        now = clock.now()
        await orders.collect_cash(tx, cash.hold_id, amount, at=at, config=config, now=now)

    return subscriptions
