"""Kafka: the order's region and store are noted on its hold."""

from events import OrderRouted
from events.transport import Subscriptions
from kit.db import Tx
from shipping.holds import commands

subscriptions = Subscriptions[Tx]("shipping")


@subscriptions.on(OrderRouted)
async def note_route(routed: OrderRouted, tx: Tx) -> None:
    """Remember whose staff sees the order (SD.3)."""
    (await commands.take_up(tx, routed.hold_id)).learn_route(routed)
