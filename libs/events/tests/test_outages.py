"""The broker dies, the database restarts: published facts are consumed once and in order."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from events import HoldConfirmed, HoldReleased
from events.ids import uuid7
from events.transport import outbox, running, tables
from events.transport.testing import Listener, until
from events.transport.topics import ensure
from stack import kafka as stack_kafka
from stack import postgres

Sessions = async_sessionmaker[AsyncSession]
Confirmed = Callable[[UUID], HoldConfirmed]


class Producer:
    """Goes on publishing facts about some holds, and remembers those that were committed."""

    def __init__(self, sessions: Sessions, confirmed: Confirmed, holds: Collection[UUID]) -> None:
        self.sessions, self.confirmed, self.holds = sessions, confirmed, holds
        self.published: defaultdict[str, list[UUID]] = defaultdict(list)
        self.rounds, self.quiet = 0, asyncio.Event()

    async def publish(self) -> None:
        """Publish a fact about every hold, again and again."""
        while not self.quiet.is_set():
            await self.publish_one_each()
            await asyncio.sleep(0.05)

    async def publish_one_each(self) -> None:
        """Publish a fact about every hold; one that cannot be committed was never published."""
        facts = [self.confirmed(hold_id) for hold_id in self.holds]
        try:
            async with self.sessions.begin() as session:
                await outbox.append(session, *facts)
        except DBAPIError:
            return
        self.rounds += 1
        for fact in facts:
            self.published[fact.key].append(fact.event_id)

    @property
    def count(self) -> int:
        """The number of events to consume."""
        return sum(map(len, self.published.values()))


async def rows(sessions: Sessions) -> tuple[int | None, int | None]:
    """Count what is still to be sent, and what is parked."""
    async with sessions() as session:
        tables_ = (tables.outbox, tables.parked)
        counts = [await session.scalar(select(func.count()).select_from(t)) for t in tables_]
        return counts[0], counts[1]


async def test_no_fact_is_lost_when_the_broker_dies_and_comes_back(
    tmp_path: Path,
    sessions: Sessions,
    listen: Callable[[Collection[UUID]], Listener],
    confirmed: Confirmed,
) -> None:
    broker = await asyncio.to_thread(stack_kafka.start, tmp_path)
    await ensure(broker.bootstrap, ["HoldConfirmed", "HoldReleased"])
    producer = Producer(sessions, confirmed, [uuid7() for _ in range(40)])
    listener = listen(producer.holds)

    async with running(listener.subscriptions, sessions.begin, broker.bootstrap) as health:
        publishing = asyncio.create_task(producer.publish())
        await until(lambda: len(listener.consumed) > 200)
        broker.process.kill()
        broker.process.wait()
        at_the_kill = producer.rounds
        await until(lambda: producer.rounds > at_the_kill + 20)  # no producer is held up
        broker = await asyncio.to_thread(stack_kafka.start, tmp_path)
        producer.quiet.set()
        await publishing
        await until(lambda: len(listener.consumed) >= producer.count, seconds=60)
    broker.stop()

    assert listener.consumed_by_key() == producer.published
    assert await rows(sessions) == (0, 0)
    assert health.late_rows == 0


async def test_no_fact_is_lost_when_the_database_restarts(
    kafka: str, group: str, tmp_path: Path, confirmed: Confirmed
) -> None:
    server = await asyncio.to_thread(postgres.start, tmp_path)
    engine = create_async_engine(server.url)
    sessions = async_sessionmaker(engine)
    async with engine.begin() as connection:
        await connection.run_sync(tables.metadata.create_all)
    producer = Producer(sessions, confirmed, [uuid7() for _ in range(10)])
    subscribed = (HoldConfirmed, HoldReleased)
    listener = Listener(group, sessions.begin, producer.holds, subscribed)

    async with running(listener.subscriptions, sessions.begin, kafka) as health:
        publishing = asyncio.create_task(producer.publish())
        await until(lambda: len(listener.consumed) > 50)
        await asyncio.to_thread(server.stop)
        server = await asyncio.to_thread(postgres.start, tmp_path)
        at_the_restart = producer.rounds
        await until(lambda: producer.rounds > at_the_restart + 5)
        producer.quiet.set()
        await publishing
        # What a handler noted may have been rolled back with its transaction, and comes again.
        await until(
            lambda: {*ids(producer.published)} <= {*ids(listener.consumed_by_key())}, seconds=40
        )
        assert health.alive()
    left = await rows(sessions)
    await engine.dispose()
    server.stop()

    assert left == (0, 0)


def ids(by_key: dict[str, list[UUID]]) -> list[UUID]:
    return [event_id for of_key in by_key.values() for event_id in of_key]
