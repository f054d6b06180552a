"""The metrics of relay, consumer and inbox; the README lists them."""

import os
import socket
import time
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from opentelemetry import metrics
from opentelemetry.context import Context
from opentelemetry.semconv._incubating.attributes import messaging_attributes as messaging
from opentelemetry.semconv._incubating.metrics import messaging_metrics as conventional
from opentelemetry.semconv.attributes.error_attributes import ERROR_TYPE
from sqlalchemy import event as hooks
from sqlalchemy.orm import Session

from events.ids import timestamp_of
from events.transport.envelope import Envelope

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
"""Bucket bounds that the semantic conventions advise for durations, in seconds."""
AGES: Final = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400)
"""Bucket bounds for ages: from an event handled at once to one that was parked for a night."""
SIZES: Final = (1, 2, 5, 10, 25, 50, 100, 250, 500, 1000)

Attributes = dict[str, str]

_meter: Final = metrics.get_meter("events")
_sent: Final = conventional.create_messaging_client_sent_messages(_meter)
_consumed: Final = conventional.create_messaging_client_consumed_messages(_meter)
_operation: Final = _meter.create_histogram(
    conventional.MESSAGING_CLIENT_OPERATION_DURATION,
    "s",
    "How long a send took until the broker had it, or a commit of offsets.",
    explicit_bucket_boundaries_advisory=SECONDS,
)
_process: Final = _meter.create_histogram(
    conventional.MESSAGING_PROCESS_DURATION,
    "s",
    "How long the slowest handler of a commit took, or one that failed.",
    explicit_bucket_boundaries_advisory=SECONDS,
)
_age: Final = _meter.create_histogram(
    "event.age",
    "s",
    "From the publication of the oldest event of a commit to that commit.",
    explicit_bucket_boundaries_advisory=AGES,
)
_publish: Final = _meter.create_histogram(
    "relay.publish.duration",
    "s",
    "How long a batch took until the broker had all of it.",
    explicit_bucket_boundaries_advisory=SECONDS,
)
_size: Final = _meter.create_histogram(
    "relay.batch.size",
    "{event}",
    "How many events left together.",
    explicit_bucket_boundaries_advisory=SIZES,
)
_relay_errors: Final = _meter.create_counter(
    "relay.errors", "{error}", "Batches that were not sent, or lost their database."
)
_duplicates: Final = _meter.create_counter(
    "inbox.duplicates", "{event}", "Events that were delivered again after they were handled."
)
_retries: Final = _meter.create_counter(
    "inbox.retries", "{retry}", "Events handed to their handler again after a failure."
)
_rebalances: Final = _meter.create_counter(
    "consumer.rebalances", "{rebalance}", "Assignments of partitions to this member."
)
_commit_failures: Final = _meter.create_counter(
    "consumer.commit.failures", "{error}", "Commits of offsets that were lost."
)

_HANDLED: Final = "events handled in this transaction"


def client_id() -> str:
    """Name this process where the broker lists its clients."""
    return f"{socket.gethostname()}-{os.getpid()}"  # asked each time: a process may be forked


def sent(sizes: Mapping[str, int], seconds: float, error: BaseException | None) -> None:
    """Count one batch of the relay, by topic."""
    for topic, size in sizes.items():
        attributes = _doing("send", topic, error=_kind(error))
        _sent.add(size, attributes)
        _operation.record(seconds, _doing("send", topic, "send", error=_kind(error)))
    _size.record(sum(sizes.values()))
    _publish.record(seconds, {} if error is None else {ERROR_TYPE: _kind(error)})


def relay_failed(error: Exception) -> None:
    """Count a batch that has to be sent again."""
    _relay_errors.add(1, {ERROR_TYPE: _kind(error)})


def consumed(consumer: str, topic: str, partition: int, count: int) -> None:
    """Count what Kafka has delivered."""
    _consumed.add(count, _doing("poll", topic, "receive", consumer, partition=str(partition)))


def failed(consumer: str, topic: str, seconds: float, error: Exception) -> None:
    """Note how long a handler took to fail."""
    _process.record(seconds, _doing("process", topic, "process", consumer, error=_kind(error)))


def committed(consumer: str, seconds: float, error: BaseException | None) -> None:
    """Note how long a commit of offsets took, or that it was lost."""
    _operation.record(seconds, _doing("commit", "", "settle", consumer, error=_kind(error)))
    if error is not None:
        group = messaging.MESSAGING_CONSUMER_GROUP_NAME
        _commit_failures.add(1, {group: consumer, ERROR_TYPE: _kind(error)})


def rebalanced(consumer: str) -> None:
    """Count that partitions were dealt out again."""
    _rebalances.add(1, {messaging.MESSAGING_CONSUMER_GROUP_NAME: consumer})


def duplicates(consumer: str, count: int) -> None:
    """Count events that had been handled before."""
    if count:
        _duplicates.add(count, {messaging.MESSAGING_CONSUMER_GROUP_NAME: consumer})


def retried(consumer: str, topic: str, times: int) -> None:
    """Count tries after the first."""
    if times:
        _retries.add(times, _of_event(consumer, topic))


def note_handled(
    info: MutableMapping[Any, Any],
    consumer: str,
    envelope: Envelope,
    seconds: float,
    traced: Context | None,
) -> None:
    """Remember an event that a transaction has handled, and its trace, until the commit."""
    # One measurement of each number per commit: one per event would cost more than to dispatch it.
    noted = info.get(_HANDLED)
    if noted is None:
        noted = info[_HANDLED] = []
    noted.append((consumer, envelope.topic, envelope.event_id, seconds, traced))


@hooks.listens_for(Session, "after_commit")
def _measure(session: Session) -> None:
    if _HANDLED not in session.info or session.in_nested_transaction():
        return
    now, by_topic = time.time(), dict[tuple[str, str], list[Any]]()
    for measured in session.info.pop(_HANDLED):
        by_topic.setdefault(measured[:2], []).append(measured)
    for (consumer, topic), handled in by_topic.items():
        # With its context a histogram can point to the trace, which has ended by now.
        *_, seconds, traced = max(handled, key=itemgetter(3))
        _process.record(seconds, _doing("process", topic, "process", consumer), traced or Context())
        *_, event_id, _, traced = min(handled, key=itemgetter(2))
        if published_at := timestamp_of(event_id):
            _age.record(
                max(0.0, now - published_at), _of_event(consumer, topic), traced or Context()
            )


@hooks.listens_for(Session, "after_rollback")
def _discard_measurements(session: Session) -> None:
    session.info.pop(_HANDLED, None)


@lru_cache(maxsize=4096)
def _doing(
    operation: str,
    topic: str,
    kind: str = "",
    consumer: str = "",
    *,
    partition: str = "",
    error: str = "",
) -> Attributes:
    attributes = {
        messaging.MESSAGING_SYSTEM: "kafka",
        messaging.MESSAGING_OPERATION_NAME: operation,
        messaging.MESSAGING_OPERATION_TYPE: kind,
        messaging.MESSAGING_DESTINATION_NAME: topic,
        messaging.MESSAGING_DESTINATION_PARTITION_ID: partition,
        messaging.MESSAGING_CONSUMER_GROUP_NAME: consumer,
        ERROR_TYPE: error,
    }
    return {name: value for name, value in attributes.items() if value}


@lru_cache(maxsize=1024)
def _of_event(consumer: str, topic: str) -> Attributes:
    return {messaging.MESSAGING_CONSUMER_GROUP_NAME: consumer, "event.type": topic}


def _kind(error: BaseException | None) -> str:
    return "" if error is None else type(error).__qualname__
