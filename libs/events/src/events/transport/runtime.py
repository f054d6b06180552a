"""The transport of one service, started as one thing: relay, consumer and timer."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final, Literal

from events.transport import log_throttle, outbox
from events.transport.consumer import Consumer
from events.transport.gauges import watching
from events.transport.health import Health
from events.transport.inbox import Inbox, Policy
from events.transport.relay import Relay
from events.transport.relay_process import RelayNotifier
from events.transport.subscriptions import S, Subscriptions, Transaction
from events.transport.timer import Timer

STOP_SECONDS: Final = 12.0

RelayPlace = Literal["inside", "elsewhere"]
"""The relay of a service: in its own process, or `python -m events relay` beside it."""


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
    is finished and committed, so that nothing is delivered twice. With `keep`, what was sent stays
    in the table `event_log`.
    """
    health, stop = Health(), asyncio.Event()
    inbox = Inbox(subscriptions, transaction, policy)
    sender = (
        Relay(transaction, servers, health, keep=keep)
        if relay == "inside"
        else RelayNotifier(transaction, health)
    )
    consumer = Consumer(
        inbox,
        servers,
        health,
        session_timeout_ms=session_timeout_ms,
        heartbeat_interval_ms=heartbeat_interval_ms,
    )
    timer = Timer(inbox, transaction, health)
    log_throttle.throttle_client_logs()
    async with asyncio.TaskGroup() as group:
        ends = [group.create_task(end.run(stop)) for end in (sender, consumer, timer)]
        try:
            with watching(subscriptions.service, health):
                yield health
        finally:
            stop.set()
            outbox.wake_relays()
            await asyncio.wait(ends, timeout=STOP_SECONDS)
            for end in ends:
                end.cancel()
