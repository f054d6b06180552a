"""The worker processes: a relay or a consumer of the library, and nothing else.

`python -m chaos.worker relay|consumer DATABASE_URL KAFKA [MUTATION]`
"""

import asyncio
import random
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from chaos import tables
from chaos.facts import FACTS, GROUP, Fact
from chaos.mutations import MUTATIONS
from events.transport import Health, Inbox, Policy, Subscriptions
from events.transport.consumer import Consumer
from events.transport.relay import Relay
from events.transport.timer import Timer

POLICY: Final = Policy(max_attempts=4)
FAILURE_RATES: Final = {"NONE": 0.0, "SOMETIMES": 0.4, "ALWAYS": 1.0}

Sessions = async_sessionmaker[AsyncSession]

subscriptions = Subscriptions[AsyncSession](GROUP)


class HandlerFailed(Exception):
    """The handler of an event failed, as planned for its journey."""


@subscriptions.on(*FACTS)
async def handle(fact: Fact, tx: AsyncSession) -> None:
    """Record the effect of an event, with the version that its journey had before."""
    row = {"event_id": fact.event_id, "topic": fact.topic, "journey_id": fact.journey_id}
    await tx.execute(tables.RECORD_EFFECT, row | {"version": fact.version})
    if random.random() < FAILURE_RATES[fact.failure]:  # noqa: S311, nobody gains by guessing it
        raise HandlerFailed


async def relay(sessions: Sessions, servers: str, stop: asyncio.Event) -> None:
    """Run the relay of the outbox."""
    await Relay(sessions.begin, servers).run(stop)


async def consumer(sessions: Sessions, servers: str, stop: asyncio.Event) -> None:
    """Run the consumer, and the timer that retries parked events."""
    health, inbox = Health(), Inbox(subscriptions, sessions.begin, POLICY)
    async with asyncio.TaskGroup() as group:
        group.create_task(Consumer(inbox, servers, health).run(stop))
        group.create_task(Timer(inbox, sessions.begin, health).run(stop))


ROLES: Final[dict[str, Callable[[Sessions, str, asyncio.Event], Awaitable[None]]]] = {
    "relay": relay,
    "consumer": consumer,
}


async def main(role: str, url: str, servers: str, *mutated: str) -> None:
    """Run one role until SIGTERM."""
    for name in mutated:
        MUTATIONS[name]()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    engine = create_async_engine(url, pool_size=10)
    try:
        await ROLES[role](async_sessionmaker(engine, expire_on_commit=False), servers, stop)
    finally:
        await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
