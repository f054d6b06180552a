"""Writers publish events as a service does: they lock a journey's row and append to the outbox."""

import asyncio
import random
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from chaos import tables
from chaos.facts import FACTS, Fact
from chaos.journeys import Journeys
from events.transport import outbox

REPEATED_SHARE: Final = 0.05
"""The share of events that are published a second time, as after a retried request."""
BATCH: Final = 5
REPEAT_DELAY: Final = 20
"""Events to wait before one is repeated: both must not be in one batch."""
OPEN_SECONDS: Final = (3.8, 5.2)
"""How long a slow transaction stays open: longer than the lagging watermark waits, and not in
step with the relay's full scans."""
READ_SECONDS: Final = 1.3
"""The time after which a relay has polled without being notified."""

Sessions = async_sessionmaker[AsyncSession]


class Writer:
    """Publishes events until there are enough, and keeps the ids of acknowledged commits."""

    def __init__(self, sessions: Sessions, journeys: Journeys, rng: random.Random) -> None:
        self._sessions, self._journeys, self._rng = sessions, journeys, rng
        self.acknowledged: set[UUID] = set()
        self.repeated = 0
        self._again: list[Fact] = []

    async def write(self, facts: int, per_second: int) -> None:
        """Publish `facts` events, a few in each transaction, at no more than `per_second`."""
        clock = asyncio.get_running_loop().time
        began = clock()
        while (count := len(self.acknowledged)) < facts:
            await asyncio.sleep(max(0.0, began + count / per_second - clock()))
            journeys = self._rng.sample(self._journeys.ordinary, self._rng.randint(1, BATCH))
            try:
                async with self._sessions.begin() as session:
                    published = [
                        await self.advance(session, journey) for journey in sorted(journeys)
                    ]
                    await self.append(session, published)
            except (
                DBAPIError
            ):  # the database is down: events without an acknowledgement may be committed
                await asyncio.sleep(0.2)
            else:
                self.acknowledge(published)

    async def advance(self, session: AsyncSession, journey: UUID) -> Fact:
        """Increase the version of a journey, whose row stays locked, and return the event."""
        version = (await session.scalars(tables.ADVANCE, {"id": journey})).one()
        return self._rng.choice(FACTS)(
            occurred_at=datetime.now(UTC),
            journey_id=journey,
            version=version,
            failure=self._journeys.failure_of(journey, version),
        )

    async def append(self, session: AsyncSession, facts: Sequence[Fact]) -> None:
        """Append events to `published` and to the outbox, there with some earlier ones again."""
        rows = [
            {
                "event_id": fact.event_id,
                "topic": fact.topic,
                "journey_id": fact.journey_id,
                "version": fact.version,
            }
            for fact in facts
        ]
        await session.execute(insert(tables.published), rows)
        again, self._again = self._again[:-REPEAT_DELAY], self._again[-REPEAT_DELAY:]
        self.repeated += len(again)
        await outbox.append(session, *facts, *again)

    def acknowledge(self, facts: Sequence[Fact]) -> None:
        """Keep the ids of committed events, and choose some to be repeated."""
        self.acknowledged.update(fact.event_id for fact in facts)
        self._again += [fact for fact in facts if self._rng.random() < REPEATED_SHARE]

    async def overlap(self, shard: int) -> None:
        """Keep a transaction open while others of its shard begin and commit; then publish at once.

        The quick one begins first and takes its row id last: its transaction's id is the lower
        one and its row's the higher.
        """
        slow_one, quick_one, busy_one = self._journeys.neighbours(shard)
        async with AsyncExitStack() as both:
            quick = await both.enter_async_context(self._sessions())
            slow = await both.enter_async_context(self._sessions())
            first, late = await self.advance(quick, quick_one), await self.advance(slow, slow_one)
            await self.append(slow, [late])
            await self.append(quick, [first])
            await quick.commit()
            self.acknowledge([first])
            await asyncio.sleep(READ_SECONDS)
            rest = (self._rng.uniform(*OPEN_SECONDS) - READ_SECONDS) / 5
            for _ in range(5):
                await asyncio.sleep(rest)
                await self._advance_alone(busy_one)
            await slow.commit()
            self.acknowledge([late])
        for _ in range(3):
            await self._advance_alone(slow_one)

    async def _advance_alone(self, journey: UUID) -> None:
        async with self._sessions.begin() as session:
            fact = await self.advance(session, journey)
            await self.append(session, [fact])
        self.acknowledge([fact])
