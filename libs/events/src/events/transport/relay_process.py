"""A relay as a process of its own, for a service that should not spend its time on sending.

The service is then started with `relay="elsewhere"` and only tells, after a commit, that there is
something: beside its transactions, since a NOTIFY inside one makes all commits wait in one line.
"""

import asyncio
import signal
from typing import Final, Generic

import psycopg
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from events.transport import outbox, quiet
from events.transport.health import Health
from events.transport.patience import CLOUDS, pauses, sleep_unless
from events.transport.relay import Relay
from events.transport.subscriptions import S, Transaction

CHANNEL: Final = "outbox"
LOOK_SECONDS: Final = 5.0

log = structlog.get_logger()

TELL: Final = text("select pg_notify(:channel, ''), set_config('synchronous_commit', 'off', true)")


class Bellringer(Generic[S]):
    """Tells the relay elsewhere that facts were committed here: one word for many, never two."""

    def __init__(self, transaction: Transaction[S], health: Health) -> None:
        self._transaction, self._health = transaction, health
        self._bell = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Tell until told to stop. What is not heard, the relay's own look finds a second later."""
        outbox.bells.add(self._bell)
        try:
            while not stop.is_set():
                self._health.beat("bell")
                await sleep_unless(self._bell, LOOK_SECONDS)
                if self._bell.is_set() and not stop.is_set():
                    self._bell.clear()
                    await self._tell()
        finally:
            outbox.bells.discard(self._bell)

    async def _tell(self) -> None:
        try:
            async with self._transaction() as tx:
                await tx.execute(TELL, {"channel": CHANNEL})
        except (*CLOUDS, DBAPIError) as error:
            log.warning("bell_waits", because=type(error).__name__)


async def listen(database: str, stop: asyncio.Event) -> None:
    """Ring the bells of this process when a service says that it has committed facts."""
    patience = pauses()
    while not stop.is_set():
        try:
            async with await psycopg.AsyncConnection.connect(database, autocommit=True) as ear:
                await ear.execute(f"listen {CHANNEL}")
                patience = pauses()
                outbox.ring()  # for what came while nobody listened
                while not stop.is_set():
                    async for _ in ear.notifies(timeout=LOOK_SECONDS):
                        outbox.ring()
        except psycopg.Error as error:
            log.warning("listener_waits", because=type(error).__name__)
            await sleep_unless(stop, next(patience))


async def run(engine: AsyncEngine, servers: str, *, keep: bool) -> bool:
    """Send what one service's outbox holds until SIGTERM; False if the relay no longer moves."""
    quiet.hush()
    stop, health = asyncio.Event(), Health()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    plain = engine.url.set(drivername="postgresql")
    listening = asyncio.create_task(listen(plain.render_as_string(hide_password=False), stop))
    relay = Relay(async_sessionmaker(engine).begin, servers, health, keep=keep)
    sending = asyncio.create_task(relay.run(stop))
    while not sending.done() and health.alive():
        await asyncio.wait([sending], timeout=LOOK_SECONDS)
    stop.set()
    listening.cancel()
    moved = sending.done()
    await asyncio.wait([listening, sending], timeout=LOOK_SECONDS)
    return moved and not sending.exception()
