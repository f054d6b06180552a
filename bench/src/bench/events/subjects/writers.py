"""Transactions of many clients in one service, with and without an event to publish."""

import asyncio
import time

from bench.events import facts
from bench.events.effects import upsert
from bench.meter import Figures, Moment, figures
from events.transport import outbox


async def measure(*, database: str, clients: int, seconds: float, publishes: bool) -> Figures:
    """Commit as often as possible."""
    events = facts.make(facts.KEYS)
    async with facts.sessions(database, size=clients) as sessions:
        begin = Moment()

        async def write(client: int) -> int:
            done = 0
            while time.perf_counter() - begin.wall < seconds:
                # Nobody waits for another's row.
                fact = events[(client + done * clients) % (facts.KEYS // clients * clients)]
                async with sessions.begin() as session:
                    await session.execute(upsert(fact))
                    if publishes:
                        await outbox.append(session, fact)
                done += 1
            return done

        done = await asyncio.gather(*(write(client) for client in range(clients)))
        return figures(begin, Moment(), sum(done))
