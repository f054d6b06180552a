"""What tests of events need again and again: a stand-in for Kafka, and a service that listens."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.partitioner import DefaultPartitioner
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from events.base import Event
from events.consumer import Consumer
from events.envelope import Envelope
from events.health import Health
from events.ids import uuid7
from events.inbox import Inbox
from events.subscriptions import S, Subscriptions, Transaction
from events.tables import parked

V = TypeVar("V")


async def until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for what another task or process brings about, and fail if it does not come."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110, what is waited for has no event of its own
            await asyncio.sleep(0.01)


async def eventually(
    look: Callable[[], Awaitable[V]], fits: Callable[[V], bool], seconds: float = 20
) -> V:
    """Look until what is seen fits, and return it; fail with what was seen last."""
    try:
        async with asyncio.timeout(seconds):
            while not fits(seen := await look()):  # noqa: ASYNC110, as above
                await asyncio.sleep(0.02)
            return seen
    except TimeoutError:
        raise AssertionError(f"After {seconds} s there is still {await look()}") from None


async def send(servers: str, facts: Collection[Event]) -> None:
    """Put facts on their topics without an outbox."""
    producer = AIOKafkaProducer(bootstrap_servers=servers, enable_idempotence=True)
    await producer.start()
    answers = []
    for envelope in map(Envelope.around, facts):
        headers = [(name, value.encode()) for name, value in envelope.headers.items()]
        key = envelope.key.encode()
        answers.append(
            await producer.send(envelope.topic, envelope.payload, key=key, headers=headers)
        )
    await asyncio.gather(*answers)
    await producer.stop()


async def begin_at_the_end(servers: str, group: str, topics: Collection[str]) -> None:
    """Spare a group that nobody had before what others have said on these topics."""
    kafka = AIOKafkaConsumer(
        *topics, bootstrap_servers=servers, group_id=group, enable_auto_commit=False
    )
    await kafka.start()
    await kafka.commit(await kafka.end_offsets(kafka.assignment()))
    await kafka.stop()


def keys_in_lane(lane: int, count: int = 1, *, partitions: int = 6) -> list[UUID]:
    """Make ids that Kafka puts into one lane."""
    numbers, place = list(range(partitions)), DefaultPartitioner()
    ids = (uuid7() for _ in range(100 * count))
    return [i for i in ids if place(str(i).encode(), numbers, numbers) == lane][:count]


async def what_is_parked(transaction: Transaction[S]) -> list[tuple[str, str, int]]:
    """List topic, state and attempts of what is parked, in order."""
    columns = (parked.c.topic, parked.c.state, parked.c.attempts)
    async with transaction() as tx:
        rows = await tx.execute(select(*columns).order_by(parked.c.position))
        return [(topic, state, attempts) for topic, state, attempts in rows]


async def let_time_pass(transaction: Transaction[S]) -> None:
    """Let the rests of all parked events end now."""
    rests = parked.c.next_try_at.is_not(None)
    async with transaction() as tx:
        past = datetime.now(UTC) - timedelta(seconds=1)
        await tx.execute(update(parked).where(rests).values(next_try_at=past))


class Wire:
    """A producer whose broker takes everything at once, or does what it is told instead."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.refusals: list[Exception] = []
        self.answers: list[asyncio.Future[None]] = []

    async def partitions_for(self, _: str) -> set[int]:
        """Have one partition of everything."""
        return {0}

    def create_batch(self) -> "WireBatch":
        """Begin a batch."""
        return WireBatch()

    async def send_batch(
        self, batch: "WireBatch", topic: str, *, partition: int
    ) -> asyncio.Future[None]:
        """Take one batch."""
        assert partition == 0
        if self.refusals:
            raise self.refusals.pop()
        self.sent += [(topic, key) for key in batch.keys]
        if self.answers:
            return self.answers.pop(0)
        answer = asyncio.get_running_loop().create_future()
        answer.set_result(None)
        return answer


class WireBatch:
    """What goes over a wire in one piece."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def append(self, *, key: bytes, headers: object, **_: object) -> object:
        """Take one event."""
        assert headers
        self.keys.append(key.decode())
        return self

    def close(self) -> None:
        """Take no more."""


class Listener:
    """A service that notes what it hears of some keys, and which records its members are handed.

    Without keys it hears everything.
    """

    def __init__(
        self,
        group: str,
        transaction: Transaction[AsyncSession],
        keys: Collection[UUID],
        events: Sequence[type[Event]],
    ) -> None:
        self.keys, self.transaction = set(map(str, keys)), transaction
        self.heard: list[Event] = []
        self.handed: Counter[tuple[str, int | None, int | None]] = Counter()
        self._consumers: dict[str, Consumer[AsyncSession]] = {}
        self.lanes_of: defaultdict[str, set[int | None]] = defaultdict(set)
        self.failures: dict[tuple[str, UUID], list[Exception]] = {}
        """By topic and key, what the next tries run into."""
        self.before: Callable[[Event], Awaitable[None]] | None = None
        self.subscriptions = Subscriptions[AsyncSession](group)
        self.subscriptions.on(*events)(self.note)

    async def note(self, fact: Any, _: AsyncSession) -> None:
        """Hear a fact."""
        if self.keys and fact.key not in self.keys:
            return  # of another test: topics are for all
        if self.before:
            await self.before(fact)
        if failures := self.failures.get((fact.topic, UUID(fact.key))):
            raise failures.pop(0)
        self.heard.append(fact)

    def heard_in_short(self) -> list[tuple[str, UUID]]:
        """List topic and key of what was heard, in order."""
        return [(fact.topic, UUID(fact.key)) for fact in self.heard]

    def heard_by_key(self) -> dict[str, list[UUID]]:
        """List what was heard about each key, in order."""
        ids: defaultdict[str, list[UUID]] = defaultdict(list)
        for fact in self.heard:
            ids[fact.key].append(fact.event_id)
        return dict(ids)

    def waiting_in(self, lane: int, name: str = "one") -> int:
        """Count what a member has fetched for a lane and not begun."""
        return self._consumers[name].waiting_in(lane)

    @asynccontextmanager
    async def member(self, servers: str, name: str = "one") -> AsyncGenerator[Health]:
        """Run one member of the group while the block runs."""
        health, stop = Health(), asyncio.Event()
        consumer = self._consumers[name] = Consumer(_Watched(self, name), servers, health)
        task = asyncio.create_task(consumer.run(stop))
        try:
            yield health
        finally:
            stop.set()
            await task


class _Watched(Inbox[AsyncSession]):
    """An inbox that tells what it is handed, before it drops what it knows."""

    def __init__(self, listener: Listener, name: str) -> None:
        super().__init__(listener.subscriptions, listener.transaction)
        self._listener, self._name = listener, name

    async def attempt(self, batch: Sequence[Envelope]) -> None:
        for envelope in batch:
            if envelope.key in self._listener.keys:
                place = (envelope.topic, envelope.partition, envelope.offset)
                self._listener.handed[place] += 1
                self._listener.lanes_of[self._name].add(envelope.partition)
        await super().attempt(batch)
