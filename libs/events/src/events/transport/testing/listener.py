"""A service that consumes events and notes them."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from events.facts.base import Event
from events.transport.consumer import Consumer
from events.transport.envelope import Envelope
from events.transport.health import Health
from events.transport.inbox import Inbox
from events.transport.subscriptions import Subscriptions, Transaction


class Listener:
    """A service that notes the events of some keys, and the records that its members are handed.

    Without keys it notes all events.
    """

    def __init__(
        self,
        group: str,
        transaction: Transaction[AsyncSession],
        keys: Collection[UUID],
        events: Sequence[type[Event]],
    ) -> None:
        self.keys, self.transaction = set(map(str, keys)), transaction
        self.consumed: list[Event] = []
        self.handed: Counter[tuple[str, int | None, int | None]] = Counter()
        self._consumers: dict[str, Consumer[AsyncSession]] = {}
        self.lanes_of: defaultdict[str, set[int | None]] = defaultdict(set)
        self.failures: dict[tuple[str, UUID], list[Exception]] = {}
        """By topic and key, the exceptions that the next tries raise."""
        self.before: Callable[[Event], Awaitable[None]] | None = None
        self.subscriptions = Subscriptions[AsyncSession](group)
        self.subscriptions.on(*events)(self.note)

    async def note(self, fact: Any, _: AsyncSession) -> None:
        """Note an event, or fail as told."""
        if self.keys and fact.key not in self.keys:
            return  # of another test: topics are for all
        if self.before:
            await self.before(fact)
        if failures := self.failures.get((fact.topic, UUID(fact.key))):
            raise failures.pop(0)
        self.consumed.append(fact)

    def consumed_in_short(self) -> list[tuple[str, UUID]]:
        """List topic and key of the consumed events, in order."""
        return [(fact.topic, UUID(fact.key)) for fact in self.consumed]

    def consumed_by_key(self) -> dict[str, list[UUID]]:
        """List the event ids of each key, in order."""
        ids: defaultdict[str, list[UUID]] = defaultdict(list)
        for fact in self.consumed:
            ids[fact.key].append(fact.event_id)
        return dict(ids)

    def waiting_in(self, lane: int, name: str = "one") -> int:
        """Count the events that a member has fetched for a lane and not begun."""
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
    """An inbox that notes all it is handed, before it drops what it knows."""

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
