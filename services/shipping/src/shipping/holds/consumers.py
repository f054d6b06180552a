"""Kafka: the order's region and store are noted on its hold, and the digits of numbers."""

from events import NumberSoftLocked, OrderRouted
from events.transport import Subscriptions
from kit.db import Tx
from shipping.holds import commands

subscriptions = Subscriptions[Tx]("shipping")


@subscriptions.on(OrderRouted)
async def note_route(routed: OrderRouted, tx: Tx) -> None:
    """Remember whose staff sees the order (SD.3)."""
    (await commands.take_up(tx, routed.hold_id)).learn_route(routed)


@subscriptions.on(NumberSoftLocked)
async def name_number(locked: NumberSoftLocked, tx: Tx) -> None:
    """Remember the digits behind a number's id: every hold begins with this lock (F3.2)."""
    await commands.name_number(tx, locked.number_id, locked.msisdn)
