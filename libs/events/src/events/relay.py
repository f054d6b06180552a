"""Sending what the outbox holds: in the order it was stated per key, and never losing any."""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from sqlalchemy import Row, text
from sqlalchemy.exc import DBAPIError

from events import faultpoints, outbox
from events.base import CATALOGUE
from events.envelope import bytes_of
from events.health import Health
from events.patience import CLOUDS, bounded, pauses, sleep_unless
from events.subscriptions import S, Transaction

BATCH: Final = 1000
SEND_SECONDS: Final = 10
POLL_SECONDS: Final = 1
TURN_SECONDS: Final = 0.01
FULL_SCAN_SECONDS: Final = 5
STOP_SECONDS: Final = 3

log = structlog.get_logger()

# Taken in a statement of its own: the statement that reads then sees what the last holder of the
# lock committed, and `oldest` is known to be older than that read.
LOCK = text("""
    select shard, mark, pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest,
        pg_try_advisory_xact_lock(hashtext('outbox'), shard) as mine
    from unnest(cast(:shards as smallint[]), cast(:marks as bigint[])) as s (shard, mark)
    where exists (select from outbox o where o.shard = s.shard and o.id > s.mark)
""")
# `reader` is above the id of every transaction that had taken a lower row id by then. The xmax of
# the snapshot is not: it is one past the highest transaction that has ended.
TAKE = text("""
    with next as materialized (
        select o.shard, o.id
        from unnest(cast(:shards as smallint[]), cast(:marks as bigint[])) as s (shard, mark)
        cross join lateral (
            select shard, id from outbox
            where outbox.shard = s.shard and id > s.mark order by id limit :limit
        ) o
    )
    delete from outbox o using next where o.shard = next.shard and o.id = next.id
    returning o.*, pg_current_xact_id()::text::bigint as reader
""")


class SpoiltProducer(Exception):
    """Something could not be sent: no sequence number after it will be taken."""


@dataclass
class Watermark:
    """Up to where a shard is read for good, so that its dead rows are not walked again.

    A row is passed only when every transaction that ran while it was read has ended: one that is
    still open may hold a lower id, and its key's next event would leave before it.
    """

    passed: int = 0
    read: deque[tuple[int, int]] = field(default_factory=deque)

    def move(self, oldest: int) -> None:
        """Pass what was read by transactions that began before all that run now."""
        while self.read and self.read[0][1] <= oldest:
            self.passed = max(self.passed, self.read.popleft()[0])


class Relay:
    """Empties the outbox of one service. Any number may run: a shard has one reader at a time."""

    def __init__(
        self, transaction: Transaction[S], servers: str, health: Health | None = None
    ) -> None:
        self._transaction, self._servers = transaction, servers
        self._health = health or Health()
        self._watermarks = [Watermark() for _ in range(outbox.SHARDS)]
        self._full_scan_due = 0.0
        self.others_have_some = False
        self._bell, self._stop = asyncio.Event(), asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until told to stop. While the broker is away the outbox grows, and that is all."""
        self._stop = stop
        outbox.bells.add(self._bell)
        patience = pauses(longest=POLL_SECONDS)
        try:
            while not stop.is_set():
                self._health.beat("relay")
                # A new one after every failure: the numbers of the last are spoilt for good.
                producer = _new_producer(self._servers)
                try:
                    await producer.start()
                    await self._send_what_comes(producer)
                except (KafkaError, SpoiltProducer) as error:
                    log.warning("relay_waits", because=repr(error))
                finally:
                    await _leave(producer)
                await sleep_unless(stop, next(patience))
        finally:
            outbox.bells.discard(self._bell)

    async def _send_what_comes(self, producer: AIOKafkaProducer) -> None:
        patience = pauses()
        while not self._stop.is_set():
            self._health.beat("relay")
            self._bell.clear()
            try:
                sent = await self.send_some(producer)
            except (*CLOUDS, DBAPIError, KafkaError) as error:
                log.warning("relay_waits", because=type(error).__name__)
                await sleep_unless(self._stop, next(patience))
                continue
            patience = pauses()
            if not sent:
                seconds = TURN_SECONDS if self.others_have_some else POLL_SECONDS
                await sleep_unless(self._bell, seconds)

    async def send_some(self, producer: AIOKafkaProducer) -> int:
        """Send one batch and forget it; return how many there were."""
        marks = [0] * outbox.SHARDS if self._is_full_scan_due() else self.marks_now()
        on_the_way: list[asyncio.Future[Any]] = []
        try:
            async with self._transaction() as tx:
                sources = {"shards": list(range(outbox.SHARDS)), "marks": marks}
                full = (await tx.execute(LOCK, sources)).all()
                locked = [shard for shard in full if shard.mine]
                self.others_have_some = len(locked) < len(full)
                if not locked:
                    return 0
                limit = max(1, BATCH // len(locked))
                sources = {"shards": [s.shard for s in locked], "marks": [s.mark for s in locked]}
                rows = (await tx.execute(TAKE, sources | {"limit": limit})).all()
                in_order = sorted(rows, key=lambda row: row.id)
                await _send(producer, in_order, on_the_way)
        finally:
            # Outside the transaction, which freed the shards: what was handed over may still
            # arrive, and nothing of the same keys may be sent before it has, or has failed.
            await self._settle(on_the_way)
        # Only now: a rollback would bring the rows back, below a mark that had moved.
        for shard in locked:
            of_shard = [row for row in rows if row.shard == shard.shard]
            self._remember(shard.shard, of_shard, limit, shard.oldest)
        return len(rows)

    async def _settle(self, on_the_way: Sequence[asyncio.Future[Any]]) -> None:
        while pending := [future for future in on_the_way if not future.done()]:
            self._health.beat("relay")
            if self._stop.is_set():
                return
            await asyncio.wait(pending, timeout=POLL_SECONDS)
        if any(future.cancelled() or future.exception() for future in on_the_way):
            raise SpoiltProducer

    def marks_now(self) -> list[int]:
        """Say up to where each shard is read for good."""
        return [watermark.passed for watermark in self._watermarks]

    def scan_everything_next(self) -> None:
        """Look below the watermarks, too, with the next batch."""
        self._full_scan_due = 0.0

    def _is_full_scan_due(self) -> bool:
        due = time.monotonic() >= self._full_scan_due
        if due:
            self._full_scan_due = time.monotonic() + FULL_SCAN_SECONDS
        return due

    def _remember(self, shard: int, rows: list[Row[Any]], limit: int, oldest: int) -> None:
        watermark = self._watermarks[shard]
        if late := [row.id for row in rows if row.id <= watermark.passed]:
            self._health.late_rows += len(late)
            log.error("below_the_watermark", shard=shard, ids=late)
        if len(rows) < limit:
            watermark.move(oldest)
        if rows:
            watermark.read.append((max(row.id for row in rows), rows[0].reader))


def _new_producer(servers: str) -> AIOKafkaProducer:
    return AIOKafkaProducer(
        bootstrap_servers=servers,
        enable_idempotence=True,
        request_timeout_ms=10_000,
        max_batch_size=256 * 1024,
    )


async def _leave(producer: AIOKafkaProducer) -> None:
    """Close a producer that has nothing on the way, or, at the end of a service, anyhow."""
    if await bounded(producer.stop(), STOP_SECONDS) is None:
        return
    # Its sender would outlive it and deliver what is sent again by another.
    sender = producer._sender  # noqa: SLF001, there is no public way to put an end to it
    await bounded(sender.close(), STOP_SECONDS)
    await bounded(producer.client.close(), STOP_SECONDS)


async def _send(
    producer: AIOKafkaProducer,
    rows: Sequence[Row[Any]],
    on_the_way: list[asyncio.Future[Any]],
) -> None:
    async with asyncio.timeout(SEND_SECONDS):
        for row in rows:
            if faultpoints.ARMED and row.topic in CATALOGUE:
                faultpoints.reach("before_publish", CATALOGUE[row.topic].source, row.topic)
            # One after the other: a send may fail by itself, and then nothing may follow it.
            future = await producer.send(
                row.topic,
                row.payload,
                key=bytes_of(row.key),
                headers=[(name, bytes_of(value)) for name, value in row.headers.items()],
            )
            on_the_way.append(future)
        await asyncio.wait(on_the_way)
    for future in on_the_way:
        future.result()
