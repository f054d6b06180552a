"""Those who state facts, as a service does: a journey's row is locked, then the outbox is told."""

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
from chaos.cast import Cast
from chaos.facts import FACTS, Fact
from events.transport import outbox

DOUBLED: Final = 0.05
"""The share of facts that are stated a second time, by a service that forgot that it had."""
AT_ONCE: Final = 5
KEPT_BACK: Final = 20
"""So many wait before one is stated again: it must not meet itself in one batch."""
OPEN_SECONDS: Final = (3.8, 5.2)
"""How long a slow transaction stays open: longer than the planted watermark waits, and not in
step with the relay's full scans."""
READ_SECONDS: Final = 1.3
"""By then a relay that nobody wakes has looked."""

Sessions = async_sessionmaker[AsyncSession]


class Author:
    """States facts until there are enough, and remembers those whose commit was acknowledged."""

    def __init__(self, sessions: Sessions, cast: Cast, dice: random.Random) -> None:
        self._sessions, self._cast, self._dice = sessions, cast, dice
        self.acknowledged: set[UUID] = set()
        self.doubled = 0
        self._again: list[Fact] = []

    async def write(self, facts: int, per_second: int) -> None:
        """State so many facts, a few in each transaction, and not faster than that."""
        clock = asyncio.get_running_loop().time
        began = clock()
        while (count := len(self.acknowledged)) < facts:
            await asyncio.sleep(max(0.0, began + count / per_second - clock()))
            some = self._dice.sample(self._cast.ordinary, self._dice.randint(1, AT_ONCE))
            try:
                async with self._sessions.begin() as session:
                    stated = [await self.go_on(session, journey) for journey in sorted(some)]
                    await self.state(session, stated)
            except DBAPIError:  # the database is away: what was not acknowledged may be there
                await asyncio.sleep(0.2)
            else:
                self.acknowledge(stated)

    async def go_on(self, session: AsyncSession, journey: UUID) -> Fact:
        """Change a journey, and say so: its row is locked from now on."""
        version = (await session.scalars(tables.GO_ON, {"id": journey})).one()
        return self._dice.choice(FACTS)(
            occurred_at=datetime.now(UTC),
            journey_id=journey,
            version=version,
            trouble=self._cast.trouble_of(journey, version),
        )

    async def state(self, session: AsyncSession, facts: Sequence[Fact]) -> None:
        """Note the facts in the ledger and in the outbox, and there some older ones once more."""
        rows = [
            {
                "event_id": fact.event_id,
                "topic": fact.topic,
                "journey_id": fact.journey_id,
                "version": fact.version,
            }
            for fact in facts
        ]
        await session.execute(insert(tables.stated), rows)
        again, self._again = self._again[:-KEPT_BACK], self._again[-KEPT_BACK:]
        self.doubled += len(again)
        await outbox.append(session, *facts, *again)

    def acknowledge(self, facts: Sequence[Fact]) -> None:
        """Remember what PostgreSQL has promised to keep; some of it will be stated again."""
        self.acknowledged.update(fact.event_id for fact in facts)
        self._again += [fact for fact in facts if self._dice.random() < DOUBLED]

    async def cross(self, shard: int) -> None:
        """Keep a transaction open while others of its shard come and go, and go on at once.

        The quick one begins first and takes its row id last: its transaction's id is the lower
        one and its row's the higher.
        """
        slow_one, quick_one, busy_one = self._cast.neighbours(shard)
        async with AsyncExitStack() as both:
            quick = await both.enter_async_context(self._sessions())
            slow = await both.enter_async_context(self._sessions())
            first, late = await self.go_on(quick, quick_one), await self.go_on(slow, slow_one)
            await self.state(slow, [late])
            await self.state(quick, [first])
            await quick.commit()
            self.acknowledge([first])
            await asyncio.sleep(READ_SECONDS)
            rest = (self._dice.uniform(*OPEN_SECONDS) - READ_SECONDS) / 5
            for _ in range(5):
                await asyncio.sleep(rest)
                await self._say(busy_one)
            await slow.commit()
            self.acknowledge([late])
        for _ in range(3):
            await self._say(slow_one)

    async def _say(self, journey: UUID) -> None:
        async with self._sessions.begin() as session:
            fact = await self.go_on(session, journey)
            await self.state(session, [fact])
        self.acknowledge([fact])
