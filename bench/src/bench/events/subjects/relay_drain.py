"""The relay, emptying an outbox that is full."""

import asyncio
import gc

from sqlalchemy import func, select

from bench.events import facts
from bench.events.watching import Watched
from bench.meter import Figures, Moment, figures
from events.transport import outbox
from events.transport.relay import Relay
from events.transport.tables import outbox as table


async def measure(*, database: str, kafka: str, rows: int) -> Figures:
    """Fill the outbox in one transaction; measure from its commit until nothing is left."""
    async with facts.sessions(database) as sessions:
        watched, stop = Watched(sessions.begin), asyncio.Event()
        relaying = asyncio.create_task(Relay(watched.transaction, kafka).run(stop))
        await _fill(sessions, facts.KEYS)
        await watched.rest()
        begin = await _fill(sessions, rows)
        end = await watched.rest()
        async with sessions() as session:
            assert not await session.scalar(select(func.count()).select_from(table))
        stop.set()
        outbox.wake_relays()
        await relaying
    return figures(begin, end, rows)


async def _fill(sessions: facts.Sessions, count: int) -> Moment:
    async with sessions() as session:
        events = facts.make(count)
        for start in range(0, count, facts.SENT_AT_ONCE):
            await outbox.append(session, *events[start : start + facts.SENT_AT_ONCE])
        del events
        gc.collect()
        gc.freeze()
        await session.commit()
        return Moment()
