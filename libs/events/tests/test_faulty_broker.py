"""A broker that refuses, dawdles and hangs up, on command: nothing is lost or doubled."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Collection, Iterator
from contextlib import asynccontextmanager
from operator import attrgetter
from uuid import UUID

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import (
    NotLeaderForPartitionError,
    RebalanceInProgressError,
    RequestTimedOutError,
    TopicAuthorizationFailedError,
)
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events import HoldConfirmed
from events.ids import uuid7
from events.transport import Envelope, consumer, members, outbox, relay, tables
from events.transport.compatibility import TASKS_OF_A_CONSUMER, TASKS_OF_A_PRODUCER
from events.transport.relay import Relay, UnusableProducer
from events.transport.sending import close_producer, new_producer
from events.transport.testing import Listener, send, until
from events.transport.testing.mock_kafka import Api, MockKafka, mock_kafka

Sessions = async_sessionmaker[AsyncSession]
Confirmed = Callable[[UUID], HoldConfirmed]
Listen = Callable[[Collection[UUID]], Listener]

TOPIC = HoldConfirmed.topic


@pytest.fixture
def faulty() -> Iterator[MockKafka]:
    with mock_kafka(TOPIC, "HoldReleased") as kafka:
        yield kafka


@asynccontextmanager
async def relaying(sessions: Sessions, servers: str) -> AsyncGenerator[None]:
    """Run a relay while the block runs."""
    stop = asyncio.Event()
    task = asyncio.create_task(Relay(sessions.begin, servers).run(stop))
    try:
        yield
    finally:
        stop.set()
        outbox.wake_relays()
        await task


async def publish(sessions: Sessions, *facts: HoldConfirmed) -> None:
    async with sessions.begin() as session:
        await outbox.append(session, *facts)


async def until_all_is_sent(sessions: Sessions) -> None:
    async with asyncio.timeout(20), sessions() as session:
        while await session.scalar(select(func.count()).select_from(tables.outbox)):
            await session.rollback()
            await asyncio.sleep(0.01)


async def on_the_topic(servers: str, count: int) -> list[UUID]:
    """Read the topic until so many different facts were there; return all ids, in order."""
    reader = AIOKafkaConsumer(TOPIC, bootstrap_servers=servers, auto_offset_reset="earliest")
    ids: list[UUID] = []
    async with reader, asyncio.timeout(20):
        while len(set(ids)) < count:
            for records in (await reader.getmany(timeout_ms=200)).values():
                ids += [Envelope.of(record).event_id for record in records]
    return ids


@pytest.mark.parametrize("inside", TASKS_OF_A_PRODUCER)
async def test_a_producer_that_has_died_inside_is_replaced(
    faulty: MockKafka,
    sessions: Sessions,
    confirmed: Confirmed,
    monkeypatch: pytest.MonkeyPatch,
    inside: str,
) -> None:
    """The client says nothing of it, and answers nothing."""
    producers: list[AIOKafkaProducer] = []

    def one_more(servers: str) -> AIOKafkaProducer:
        producers.append(new_producer(servers))
        return producers[-1]

    monkeypatch.setattr(relay, "new_producer", one_more)
    monkeypatch.setattr(relay, "SEND_SECONDS", 0.5)
    async with relaying(sessions, faulty.bootstrap):
        await publish(sessions, confirmed(uuid7()))
        await until_all_is_sent(sessions)
        attrgetter(inside)(producers[0]).cancel()
        await publish(sessions, confirmed(uuid7()))
        await until_all_is_sent(sessions)

    assert len(producers) == 2


async def test_a_producer_whose_sender_has_died_is_not_waited_for(
    faulty: MockKafka, sessions: Sessions, confirmed: Confirmed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "SEND_SECONDS", 0.1)
    await publish(sessions, confirmed(uuid7()))
    producer = new_producer(faulty.bootstrap)
    await producer.start()
    producer._sender.sender_task.cancel()  # noqa: SLF001, as a bug of the client would

    async with asyncio.timeout(10):
        with pytest.raises(UnusableProducer):
            await Relay(sessions.begin, faulty.bootstrap).send_some(producer)
    await close_producer(producer)


async def test_what_a_broker_refuses_for_a_moment_is_sent_once_and_in_order(
    faulty: MockKafka, sessions: Sessions, confirmed: Confirmed
) -> None:
    hold_id = uuid7()
    facts = [confirmed(hold_id) for _ in range(5)]
    faulty.refuse(
        Api.PRODUCE, NotLeaderForPartitionError, NotLeaderForPartitionError, RequestTimedOutError
    )

    async with relaying(sessions, faulty.bootstrap):
        await publish(sessions, *facts)
        await until_all_is_sent(sessions)

    assert await on_the_topic(faulty.bootstrap, 5) == [fact.event_id for fact in facts]


async def test_what_a_broker_refuses_for_good_stays_until_it_thinks_again(
    faulty: MockKafka, sessions: Sessions, confirmed: Confirmed
) -> None:
    hold_id = uuid7()
    before, facts = confirmed(hold_id), [confirmed(hold_id) for _ in range(5)]

    async with relaying(sessions, faulty.bootstrap):
        await publish(sessions, before)
        await until_all_is_sent(sessions)
        faulty.refuse(Api.PRODUCE, *[TopicAuthorizationFailedError] * 2)
        await publish(sessions, *facts)
        await until_all_is_sent(sessions)

    expected = [before.event_id, *(fact.event_id for fact in facts)]
    assert await on_the_topic(faulty.bootstrap, 6) == expected


async def test_a_broker_that_hangs_up_gets_everything_when_it_is_back(
    faulty: MockKafka, sessions: Sessions, confirmed: Confirmed
) -> None:
    holds = [uuid7() for _ in range(50)]

    async with relaying(sessions, faulty.bootstrap):
        await publish(sessions, *map(confirmed, holds))
        await until_all_is_sent(sessions)
        faulty.go_down()
        await publish(sessions, *map(confirmed, holds))
        faulty.come_up()
        await until_all_is_sent(sessions)

    assert len(set(await on_the_topic(faulty.bootstrap, 100))) == 100


async def test_a_broker_that_is_slow_is_not_sent_the_same_twice(
    faulty: MockKafka, sessions: Sessions, confirmed: Confirmed
) -> None:
    facts = [confirmed(uuid7()) for _ in range(10)]
    faulty.answer_after(milliseconds=300)

    async with relaying(sessions, faulty.bootstrap):
        await publish(sessions, *facts)
        await until_all_is_sent(sessions)
    faulty.answer_after(milliseconds=0)

    assert sorted(await on_the_topic(faulty.bootstrap, 10)) == sorted(f.event_id for f in facts)


async def test_a_commit_that_falls_into_a_rebalance_repeats_no_effect(
    faulty: MockKafka, listen: Listen, confirmed: Confirmed
) -> None:
    fact = confirmed(uuid7())
    listener = listen([UUID(fact.key)])
    faulty.refuse(Api.OFFSET_COMMIT, RebalanceInProgressError)

    await send(faulty.bootstrap, [fact])
    async with listener.member(faulty.bootstrap):
        await until(lambda: max(listener.handed.values(), default=0) == 2)

    assert listener.consumed == [fact]


@pytest.mark.parametrize("inside", TASKS_OF_A_CONSUMER)
async def test_a_consumer_that_has_gone_deaf_is_replaced(
    faulty: MockKafka,
    listen: Listen,
    confirmed: Confirmed,
    monkeypatch: pytest.MonkeyPatch,
    inside: str,
) -> None:
    """The client says nothing of it, hands out nothing, and stays in its group."""
    started: list[AIOKafkaConsumer] = []

    def new_member(servers: str, group: str, timeouts: tuple[int, int]) -> AIOKafkaConsumer:
        started.append(members.new_member(servers, group, timeouts))
        return started[-1]

    monkeypatch.setattr(consumer, "new_member", new_member)
    first, second = confirmed(hold_id := uuid7()), confirmed(hold_id)
    listener = listen([hold_id])
    await send(faulty.bootstrap, [first])
    async with listener.member(faulty.bootstrap):
        await until(lambda: listener.consumed == [first])
        attrgetter(inside)(started[0]).cancel()
        await until(lambda: len(started) == 2)
        await send(faulty.bootstrap, [second])
        await until(lambda: listener.consumed == [first, second])


async def test_a_service_goes_on_when_its_group_cannot_be_found_at_first(
    faulty: MockKafka, listen: Listen, confirmed: Confirmed
) -> None:
    fact = confirmed(uuid7())
    listener = listen([UUID(fact.key)])
    faulty.refuse(Api.FIND_COORDINATOR, *[RequestTimedOutError] * 3)

    async with listener.member(faulty.bootstrap):
        await send(faulty.bootstrap, [fact])
        await until(lambda: listener.consumed == [fact])
