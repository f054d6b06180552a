"""Kafka: one fact may concern several nouns of this service; each acts on it in turn.

Nobody waits for a consumer's answer, so a rule that says no is not an error here: it is one more
fact. What comes before its journey's beginning is deferred until then.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from events import CATALOGUE, Event
from events.transport import Subscriptions
from kit.db import Tx
from kit.revocations import consumers as revocations
from order.cancels import consumers as cancels
from order.journeys import consumers as journeys
from order.orders import consumers as orders
from order.placing import consumers as placing
from order.settings import Settings
from order.settling import consumers as settling
from order.stages import consumers as stages
from order.timeline import consumers as timeline

Handler = Callable[[Any, Tx], Awaitable[None]]


def listening(settings: Settings) -> Subscriptions[Tx]:
    """Return everything this service listens to; what a journey is comes before its order."""
    nouns = [
        timeline.subscriptions,
        journeys.subscriptions,
        placing.subscriptions(settings),
        settling.subscriptions(settings),
        orders.subscriptions,
        cancels.subscriptions,
        cancels.listening(settings),
        stages.subscriptions,
    ]
    together = Subscriptions[Tx]("order")
    for topic, event in CATALOGUE.items():
        handlers = [noun.handlers[topic] for noun in nouns if topic in noun.handlers]
        if handlers:
            together.on(event)(_in_turn(handlers))
    together.include(revocations.subscriptions)
    return together


def _in_turn(handlers: list[Handler]) -> Handler:
    async def act(event: Event, tx: Tx) -> None:
        for handler in handlers:
            await handler(event, tx)

    act.__doc__ = " ".join(handler.__doc__ or "" for handler in handlers)
    return act
