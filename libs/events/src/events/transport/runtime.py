"""The one thing a service starts: it sends what it states and acts on what it hears."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final, Literal

from events.transport import outbox, quiet
from events.transport.consumer import Consumer
from events.transport.gauges import watching
from events.transport.health import Health
from events.transport.inbox import Inbox, Policy
from events.transport.relay import Relay
from events.transport.relay_process import Bellringer
from events.transport.subscriptions import S, Subscriptions, Transaction
from events.transport.timer import Timer

STOP_SECONDS: Final = 12.0

RelayPlace = Literal["inside", "elsewhere"]
"""Who sends what the service states: itself, or `python -m events relay` beside it."""


@asynccontextmanager
async def running(
    subscriptions: Subscriptions[S],
    transaction: Transaction[S],
    servers: str,
    *,
    policy: Policy = Policy(),  # noqa: B008, it is frozen
    relay: RelayPlace = "inside",
    keep: bool = False,
    session_timeout_ms: int = 6000,
    heartbeat_interval_ms: int = 1000,
) -> AsyncGenerator[Health]:
    """Connect a service to the bus while the block runs; a bug at either end breaks the block.

    Neither the broker nor the database needs to be there. At the end of the block what was begun
    is finished and committed, so that nothing is heard twice. With `keep`, what was sent stays in
    the table `event_log`.
    """
    health, stop = Health(), asyncio.Event()
    inbox = Inbox(subscriptions, transaction, policy)
    sender = (
        Relay(transaction, servers, health, keep=keep)
        if relay == "inside"
        else Bellringer(transaction, health)
    )
    consumer = Consumer(
        inbox,
        servers,
        health,
        session_timeout_ms=session_timeout_ms,
        heartbeat_interval_ms=heartbeat_interval_ms,
    )
    timer = Timer(inbox, transaction, health)
    quiet.hush()
    async with asyncio.TaskGroup() as group:
        ends = [group.create_task(end.run(stop)) for end in (sender, consumer, timer)]
        try:
            with watching(subscriptions.service, health):
                yield health
        finally:
            stop.set()
            outbox.ring()
            await asyncio.wait(ends, timeout=STOP_SECONDS)
            for end in ends:
                end.cancel()
