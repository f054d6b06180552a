"""The relay: sends the rows of the outbox in the order of each key, and loses none."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Final

import psycopg
import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from sqlalchemy.exc import DBAPIError

from events.transport import client_health, outbox, sending, shards, telemetry, tracing
from events.transport.backoff import (
    TRANSIENT_ERRORS,
    growing_delays,
    shortened_by,
    sleep_until,
    start_unless_stopped,
)
from events.transport.health import Health
from events.transport.sending import close_producer, new_producer
from events.transport.shards import Outgoing, Watermark
from events.transport.subscriptions import S, Transaction

BATCH: Final = 1000
SEND_SECONDS: Final = 10
POLL_SECONDS: Final = 1
TURN_SECONDS: Final = 0.01
FULL_SCAN_SECONDS: Final = 5

log = structlog.get_logger()


class UnusableProducer(Exception):
    """A producer that failed to send: the broker takes no sequence number after the lost one."""


class Relay:
    """Empties the outbox of one service. Any number may run: a shard has one reader at a time."""

    def __init__(
        self,
        transaction: Transaction[S],
        servers: str,
        health: Health | None = None,
        *,
        keep: bool = False,
    ) -> None:
        """Send by `servers`; with `keep`, what was sent stays in the table `event_log`."""
        self._transaction, self._servers, self._keep = transaction, servers, keep
        self._health = health or Health()
        self._watermarks = [Watermark() for _ in range(outbox.SHARDS)]
        self._full_scan_due = 0.0
        self.locked_elsewhere = False
        self._wakeup, self._stop = asyncio.Event(), asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until told to stop. While the broker is away the outbox grows, and that is all."""
        self._stop = stop
        outbox.wakeups.add(self._wakeup)
        delays = growing_delays(longest=POLL_SECONDS)
        try:
            while not stop.is_set():
                self._health.beat("relay")
                # A new one after every failure: the broker takes no more from the last.
                producer = new_producer(self._servers)
                try:
                    await start_unless_stopped(producer.start(), stop)
                    await self._send_until_failure(producer)
                except (KafkaError, TimeoutError, UnusableProducer) as error:
                    telemetry.relay_failed(error)
                    log.warning("relay_connection_failed", error=repr(error))
                finally:
                    await close_producer(producer)
                await sleep_until(stop, next(delays))
        finally:
            outbox.wakeups.discard(self._wakeup)

    async def _send_until_failure(self, producer: AIOKafkaProducer) -> None:
        delays = growing_delays()
        while not self._stop.is_set():
            self._health.beat("relay")
            if client_health.dead_tasks(producer):
                raise UnusableProducer
            self._wakeup.clear()
            try:
                sent = await self.send_some(producer)
            except (*TRANSIENT_ERRORS, DBAPIError, psycopg.Error, KafkaError) as error:
                telemetry.relay_failed(error)
                log.warning("relay_batch_failed", error=type(error).__name__)
                await sleep_until(self._stop, next(delays))
                continue
            delays = growing_delays()
            if not sent:
                seconds = TURN_SECONDS if self.locked_elsewhere else POLL_SECONDS
                await sleep_until(self._wakeup, seconds)

    async def send_some(self, producer: AIOKafkaProducer) -> int:
        """Send one batch and forget it; return how many there were."""
        marks = [0] * outbox.SHARDS if self._is_full_scan_due() else self.marks_now()
        in_flight: list[asyncio.Future[Any]] = []
        try:
            async with self._transaction() as tx:
                database = await shards.driver_of(tx)
                full = await shards.lock(database, marks)
                locked = [shard for shard in full if shard.acquired]
                self.locked_elsewhere = len(locked) < len(full)
                if not locked:
                    return 0
                limit = max(1, BATCH // len(locked))
                rows = await shards.take(database, locked, limit, keep=self._keep)
                with tracing.sending((row.topic, row.headers) for row in rows):
                    timeout = asyncio.timeout(SEND_SECONDS)
                    async with timeout as bound, shortened_by(bound, self._stop):
                        await sending.send(producer, rows, in_flight)
        finally:
            # Outside the transaction, which freed the shards: what was handed over may still
            # arrive, and nothing of the same keys may be sent before it has, or has failed.
            await self._settle(producer, in_flight)
        # Only now: a rollback would bring the rows back, below a mark that had moved.
        for shard in locked:
            of_shard = [row for row in rows if row.shard == shard.shard]
            self._remember(shard.shard, of_shard, limit, shard.oldest)
        return len(rows)

    async def _settle(
        self, producer: AIOKafkaProducer, in_flight: Sequence[asyncio.Future[Any]]
    ) -> None:
        while pending := [future for future in in_flight if not future.done()]:
            self._health.beat("relay")
            if self._stop.is_set():
                return
            if client_health.dead_tasks(producer):
                raise UnusableProducer
            await asyncio.wait(pending, timeout=POLL_SECONDS)
        if any(future.cancelled() or future.exception() for future in in_flight):
            raise UnusableProducer

    def marks_now(self) -> list[int]:
        """List the row ids up to which each shard is read for good."""
        return [watermark.passed for watermark in self._watermarks]

    def scan_everything_next(self) -> None:
        """Read below the watermarks, too, with the next batch."""
        self._full_scan_due = 0.0

    def _is_full_scan_due(self) -> bool:
        due = time.monotonic() >= self._full_scan_due
        if due:
            self._full_scan_due = time.monotonic() + FULL_SCAN_SECONDS
        return due

    def _remember(self, shard: int, rows: Sequence[Outgoing], limit: int, oldest: int) -> None:
        watermark = self._watermarks[shard]
        if late := [row.id for row in rows if row.id <= watermark.passed]:
            self._health.late_rows += len(late)
            log.error("outbox_row_below_watermark", shard=shard, ids=late)
        if len(rows) < limit:
            watermark.move(oldest)
        if rows:
            watermark.read.append((max(row.id for row in rows), rows[0].reader))
