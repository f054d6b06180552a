"""Every number has its unit, and moves when what it counts happens."""

import asyncio
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiokafka.errors import CommitFailedError, KafkaTimeoutError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events import Event, HoldConfirmed
from events.ids import uuid7
from events.transport import Envelope, Health, Inbox, outbox, running, telemetry
from events.transport.gauges import watching
from events.transport.relay import Relay
from events.transport.testing import FakeProducer, Listener, make_all_due, until
from events.transport.timer import Timer
from kit.testing.signals import Numbers, Point

Sessions = async_sessionmaker[AsyncSession]
Confirmed = Callable[[UUID], HoldConfirmed]
Listen = Callable[[Collection[UUID]], Listener]
Wrapped = Callable[[UUID], Envelope]
UNITS = {
    "consumer.commit.failures": "{error}",
    "consumer.lag": "{event}",
    "consumer.lag.age": "s",
    "consumer.rebalances": "{rebalance}",
    "dead.count": "{event}",
    "event.age": "s",
    "inbox.duplicates": "{event}",
    "inbox.retries": "{retry}",
    "messaging.client.consumed.messages": "{message}",
    "messaging.client.operation.duration": "s",
    "messaging.client.sent.messages": "{message}",
    "messaging.process.duration": "s",
    "outbox.oldest_age": "s",
    "outbox.pending": "{event}",
    "parked.count": "{event}",
    "parked.oldest_age": "s",
    "relay.batch.size": "{event}",
    "relay.errors": "{error}",
    "relay.publish.duration": "s",
}


@pytest.fixture
def wire() -> Any:
    return FakeProducer()


def of(points: dict[str, list[Point]], name: str, **attributes: str) -> Point:
    """Find the one point with these attributes, whose names are written with underscores."""
    expected = {key.replace("_", "."): value for key, value in attributes.items()}
    [point] = [p for p in points.get(name, []) if expected.items() <= p.attributes.items()]
    assert point.unit == UNITS[name]
    return point


async def publish(sessions: Sessions, *facts: HoldConfirmed) -> None:
    async with sessions.begin() as session:
        await outbox.append(session, *facts)


async def test_the_relay_counts_what_it_sends(
    sessions: Sessions, wire: Any, numbers: Numbers, confirmed: Confirmed
) -> None:
    await publish(sessions, *(confirmed(uuid7()) for _ in range(3)))
    await Relay(sessions.begin, "nowhere").send_some(wire)

    now = numbers.read()
    topic = {"messaging_destination_name": "HoldConfirmed"}
    assert of(now, "messaging.client.sent.messages", **topic).value == 3
    sent = of(now, "messaging.client.operation.duration", **topic)
    assert (sent.value, sent.attributes["messaging.operation.name"]) == (1, "send")
    size, took = of(now, "relay.batch.size"), of(now, "relay.publish.duration")
    assert (size.value, size.total, took.value) == (1, 3, 1)
    assert took.total == pytest.approx(sent.total)


async def test_what_could_not_be_sent_is_an_error_of_its_kind(
    sessions: Sessions, wire: Any, numbers: Numbers, confirmed: Confirmed
) -> None:
    await publish(sessions, confirmed(uuid7()))
    wire.refusals = [KafkaTimeoutError()]
    with pytest.raises(KafkaTimeoutError):
        await Relay(sessions.begin, "nowhere").send_some(wire)

    now, kind = numbers.read(), {"error_type": "KafkaTimeoutError"}
    assert of(now, "messaging.client.sent.messages", **kind).value == 1
    assert of(now, "messaging.client.operation.duration", **kind).value == 1
    assert of(now, "relay.publish.duration", **kind).value == 1


async def test_a_relay_without_a_broker_counts_its_errors(
    sessions: Sessions, numbers: Numbers, listener: Listener
) -> None:
    errors: list[Point] = []

    def failed() -> bool:
        errors.extend(numbers.read().get("relay.errors", []))
        return bool(errors)

    async with running(listener.subscriptions, sessions.begin, "127.0.0.1:1"):
        await until(failed)

    assert errors[0].attributes == {"error.type": "KafkaConnectionError"}
    assert (errors[0].unit, errors[0].value) == (UNITS["relay.errors"], 1)


async def test_what_is_handled_is_measured_from_its_statement_to_its_commit(
    inbox: Inbox[AsyncSession], group: str, numbers: Numbers, wrapped_confirmed: Wrapped
) -> None:
    envelope = wrapped_confirmed(uuid7())
    await inbox.take([envelope, wrapped_confirmed(uuid7())])
    await inbox.take([envelope])

    now, consumer = numbers.read(), {"messaging_consumer_group_name": group}
    age = of(now, "event.age", event_type="HoldConfirmed", **consumer)
    assert (age.value, 0 < age.total < 5) == (1, True)  # of the commit the oldest
    took = of(now, "messaging.process.duration", **consumer)
    assert (took.value, took.attributes["messaging.operation.type"]) == (1, "process")
    assert of(now, "inbox.duplicates", **consumer).value == 1


async def test_a_failure_is_measured_counted_and_seen_where_it_is_parked(
    inbox: Inbox[AsyncSession],
    listener: Listener,
    sessions: Sessions,
    numbers: Numbers,
    wrapped_confirmed: Wrapped,
) -> None:
    hold_id, health = uuid7(), Health()
    listener.failures["HoldConfirmed", hold_id] = [ValueError()] * 4
    await inbox.take([wrapped_confirmed(hold_id), wrapped_confirmed(hold_id)])
    timer = Timer(inbox, sessions.begin, health)
    with watching(inbox.service, health):
        await timer.look()
        parked = numbers.read()
        await make_all_due(sessions.begin)
        await inbox.retrying.retry_due()
        await timer.look()
        handled = numbers.read()

    # Once in the batch, then three times alone; the second is behind it and not tried.
    failed = of(parked, "messaging.process.duration", error_type="ValueError")
    assert (failed.value, of(parked, "inbox.retries").value) == (4, 2)
    assert "event.age" not in parked
    assert [of(parked, "parked.count", state=s).value for s in ("FAILING", "QUEUED")] == [1, 1]
    assert of(parked, "parked.oldest_age", state="FAILING").value > 0
    assert [of(handled, "parked.count", state=s).value for s in ("FAILING", "QUEUED")] == [0, 0]
    assert (of(handled, "inbox.retries").value, of(handled, "event.age").value) == (2, 2)


async def test_the_dead_are_counted(
    inbox: Inbox[AsyncSession], sessions: Sessions, numbers: Numbers
) -> None:
    health = Health()
    await inbox.take([Envelope(uuid7(), "HoldConfirmed", "x", {}, b"no event")])
    with watching(inbox.service, health):
        await Timer(inbox, sessions.begin, health).look()
        now = numbers.read()

    assert of(now, "dead.count").value == of(now, "parked.count", state="DEAD").value == 1
    # The letter that says so waits for the bus.
    assert of(now, "outbox.pending").value == 1
    assert 0 < of(now, "outbox.oldest_age").value < 5


async def test_who_is_not_up_is_not_shown(numbers: Numbers) -> None:
    assert numbers.read().keys() & {"outbox.pending", "dead.count", "consumer.lag"} == set()


async def test_both_ends_of_a_service_on_kafka_show_how_far_they_are(
    kafka: str, sessions: Sessions, listen: Listen, numbers: Numbers, confirmed: Confirmed
) -> None:
    hold_id, opened = uuid7(), asyncio.Event()
    listener = listen([hold_id])

    async def wait(_: Event) -> None:
        await opened.wait()

    def lags(name: str) -> list[Point]:
        return [point for point in numbers.read().get(name, []) if point.value > 0]

    listener.before = wait
    async with running(listener.subscriptions, sessions.begin, kafka):
        await publish(sessions, *(confirmed(hold_id) for _ in range(3)))
        await until(lambda: [point.value for point in lags("consumer.lag")] == [3])
        [behind], [since] = lags("consumer.lag"), lags("consumer.lag.age")
        opened.set()
        await until(lambda: lags("consumer.lag") == lags("consumer.lag.age") == [])
    numbers.read()

    place = "messaging.destination.partition.id"
    assert behind.attributes["messaging.destination.name"] == "HoldConfirmed"
    assert behind.attributes[place] == since.attributes[place]
    assert (behind.unit, since.unit) == (UNITS["consumer.lag"], UNITS["consumer.lag.age"])
    assert numbers.totals["messaging.client.consumed.messages"] == 3
    assert numbers.totals["consumer.rebalances"] == 1
    commits = numbers.totals["messaging.client.operation.duration"]
    assert commits == 1 + numbers.totals["relay.batch.size"]  # each batch is a send


def test_a_commit_that_is_lost_is_counted(numbers: Numbers) -> None:
    telemetry.committed("hold", 0.1, None)
    telemetry.committed("hold", 0.1, CommitFailedError())

    now, kind = numbers.read(), {"error_type": "CommitFailedError"}
    assert of(now, "consumer.commit.failures", **kind).value == 1
    assert of(now, "messaging.client.operation.duration", **kind).value == 1


def test_every_number_is_in_the_table_of_the_readme() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text()

    assert [name for name, unit in UNITS.items() if f"| `{name}` | `{unit}` |" not in readme] == []
