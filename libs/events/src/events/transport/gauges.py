"""Gauges of what stands still or piles up: they read the last `Health`, and ask no server."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from opentelemetry import metrics
from opentelemetry.metrics import CallbackOptions, Observation
from opentelemetry.semconv._incubating.attributes import messaging_attributes as messaging

from events.transport.health import Health

Reading = Iterable[tuple[float, dict[str, str]]]
"""Values of one gauge, each with its attributes."""

_watched: Final[dict[int, tuple[str, Health]]] = {}
_meter: Final = metrics.get_meter("events")


@contextmanager
def watching(service: str, health: Health) -> Iterator[None]:
    """Export the gauges of a service while the block runs."""
    _watched[id(health)] = service, health
    try:
        yield
    finally:
        del _watched[id(health)]


def _gauge(name: str, unit: str, description: str, read: Callable[[Health], Reading]) -> None:
    def observe(_: CallbackOptions) -> Iterator[Observation]:
        # A copy: the exporter reads in a thread of its own.
        for service, health in tuple(_watched.values()):
            group = {messaging.MESSAGING_CONSUMER_GROUP_NAME: service}
            for value, attributes in read(health):
                yield Observation(value, group | attributes)

    _meter.create_observable_gauge(name, [observe], unit, description)


def _lag(health: Health) -> Reading:
    for (topic, partition), behind in health.lag.items():
        place = {
            messaging.MESSAGING_DESTINATION_NAME: topic,
            messaging.MESSAGING_DESTINATION_PARTITION_ID: str(partition),
        }
        yield behind, place


def _lag_age(health: Health) -> Reading:
    now = time.time()
    for partition, since in health.oldest_unhandled.items():
        place = {messaging.MESSAGING_DESTINATION_PARTITION_ID: str(partition)}
        yield 0.0 if since is None else max(0.0, now - since), place


def _dead(health: Health) -> Reading:
    yield health.parked["DEAD"].size, {}


_gauge(
    "outbox.pending",
    "{event}",
    "Events that are published and not sent; counted up to 100,000.",
    lambda health: [(health.outbox_pending, {})],
)
_gauge(
    "outbox.oldest_age",
    "s",
    "How long the oldest of them has waited.",
    lambda health: [(health.outbox_age_seconds, {})],
)
_gauge("consumer.lag", "{event}", "Events on a partition that are not handled.", _lag)
_gauge("consumer.lag.age", "s", "Age of the oldest event that is fetched, not handled.", _lag_age)
_gauge(
    "parked.count",
    "{event}",
    "Events set aside, by state.",
    lambda health: [(parked.size, {"state": state}) for state, parked in health.parked.items()],
)
_gauge(
    "parked.oldest_age",
    "s",
    "How long the oldest of them has been there.",
    lambda health: [
        (parked.oldest_age, {"state": state}) for state, parked in health.parked.items()
    ],
)
_gauge("dead.count", "{event}", "Events that only a person can decide about.", _dead)
