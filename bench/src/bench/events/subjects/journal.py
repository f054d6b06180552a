"""A service at a quiet rate, which notes when each of its facts was committed."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Final

from bench.events import facts
from bench.events.effects import upsert
from events import HoldCreated
from events.transport import outbox
from events.transport.relay import Relay

WARM_UP_SECONDS: Final = 5

Notes = dict[str, tuple[int, int, int]]
"""By event: the end of its commit, what its transaction took, and what of that the commit took."""


async def measure(*, database: str, kafka: str, rate: float, seconds: float, relays: bool) -> Notes:
    """Publish events at a rate; with a relay in the process, or for another process to send."""
    stop = asyncio.Event()
    async with AsyncExitStack() as stack:
        sessions = await stack.enter_async_context(facts.sessions(database, size=20))
        relaying = asyncio.create_task(Relay(sessions.begin, kafka).run(stop)) if relays else None
        # Connections, topics and somebody else's just-in-time compiler are warm after that.
        await _publish_all(sessions, facts.make(int(rate * WARM_UP_SECONDS)), rate)
        notes = await _publish_all(sessions, facts.make(int(rate * seconds)), rate)
        await asyncio.sleep(1)
        if relaying:
            stop.set()
            outbox.wake_relays()
            await relaying
    return notes


async def _publish_all(
    sessions: facts.Sessions, events: Sequence[HoldCreated], rate: float
) -> Notes:
    notes: Notes = {}
    begin = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for n, fact in enumerate(events):
            await asyncio.sleep(max(0, begin + n / rate - time.monotonic()))
            group.create_task(_publish(sessions, fact, notes))
    return notes


async def _publish(sessions: facts.Sessions, fact: HoldCreated, notes: Notes) -> None:
    begin = time.monotonic_ns()
    async with sessions() as session:
        await session.execute(upsert(fact))
        await outbox.append(session, fact)
        ready = time.monotonic_ns()
        await session.commit()
        end = time.monotonic_ns()
    notes[str(fact.event_id)] = (end, end - begin, end - ready)
