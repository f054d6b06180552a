"""A relay as a process of its own, for a service that should not spend its time on sending.

The service is then started with `relay="elsewhere"` and only notifies it after a commit:
beside its transactions, since a NOTIFY inside one makes all commits wait in one line.
"""

import asyncio
import signal
from typing import Final, Generic

import psycopg
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from events.transport import log_throttle, outbox
from events.transport.backoff import TRANSIENT_ERRORS, growing_delays, sleep_until
from events.transport.health import Health
from events.transport.relay import Relay
from events.transport.subscriptions import S, Transaction

CHANNEL: Final = "outbox"
POLL_SECONDS: Final = 5.0

log = structlog.get_logger()

NOTIFY: Final = text(
    "select pg_notify(:channel, ''), set_config('synchronous_commit', 'off', true)"
)


class RelayNotifier(Generic[S]):
    """Notifies the relay elsewhere of commits in this process: one NOTIFY for many commits."""

    def __init__(self, transaction: Transaction[S], health: Health) -> None:
        self._transaction, self._health = transaction, health
        self._wakeup = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Notify until told to stop. What is not notified, the relay finds a second later."""
        outbox.wakeups.add(self._wakeup)
        try:
            while not stop.is_set():
                self._health.beat("notifier")
                await sleep_until(self._wakeup, POLL_SECONDS)
                if self._wakeup.is_set() and not stop.is_set():
                    self._wakeup.clear()
                    await self._notify()
        finally:
            outbox.wakeups.discard(self._wakeup)

    async def _notify(self) -> None:
        try:
            async with self._transaction() as tx:
                await tx.execute(NOTIFY, {"channel": CHANNEL})
        except (*TRANSIENT_ERRORS, DBAPIError) as error:
            log.warning("relay_notify_failed", error=type(error).__name__)


async def listen(database: str, stop: asyncio.Event) -> None:
    """Wake the relays of this process when a service notifies that it has committed events."""
    delays = growing_delays()
    while not stop.is_set():
        try:
            async with await psycopg.AsyncConnection.connect(
                database, autocommit=True
            ) as connection:
                await connection.execute(f"listen {CHANNEL}")
                delays = growing_delays()
                outbox.wake_relays()  # for commits while nobody listened
                while not stop.is_set():
                    async for _ in connection.notifies(timeout=POLL_SECONDS):
                        outbox.wake_relays()
        except psycopg.Error as error:
            log.warning("relay_listen_failed", error=type(error).__name__)
            await sleep_until(stop, next(delays))


async def run(engine: AsyncEngine, servers: str, *, keep: bool) -> bool:
    """Send what one service's outbox holds until SIGTERM; False if the relay no longer moves."""
    log_throttle.throttle_client_logs()
    stop, health = asyncio.Event(), Health()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    plain = engine.url.set(drivername="postgresql")
    listening = asyncio.create_task(listen(plain.render_as_string(hide_password=False), stop))
    relay = Relay(async_sessionmaker(engine).begin, servers, health, keep=keep)
    sending = asyncio.create_task(relay.run(stop))
    while not sending.done() and health.alive():
        await asyncio.wait([sending], timeout=POLL_SECONDS)
    stop.set()
    listening.cancel()
    moved = sending.done()
    await asyncio.wait([listening, sending], timeout=POLL_SECONDS)
    return moved and not sending.exception()
