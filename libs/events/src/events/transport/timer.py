"""The timer of a service: retries parked events, prunes, and measures outbox and parking."""

import asyncio
import time
from typing import Final, Generic

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from events.ids import timestamp_of
from events.transport import outbox, replay
from events.transport.backoff import TRANSIENT_ERRORS, growing_delays, sleep_until
from events.transport.health import Health, Parked, nothing_parked
from events.transport.inbox import Inbox
from events.transport.subscriptions import S, Transaction

TICK_SECONDS: Final = 0.5
LOOK_SECONDS: Final = 5.0
PRUNE_SECONDS: Final = 3600.0
COUNTED_AT_MOST: Final = 100_000

log = structlog.get_logger()

OUTBOX = text("""
    select
        (select count(*) from (select from outbox limit :most) o) as pending,
        array(
            select o.event_id from generate_series(0, :last) as s (shard)
            cross join lateral (
                select event_id from outbox where outbox.shard = s.shard order by id limit 1
            ) o
        ) as oldest
""")
PARKED = text("""
    select state, count(*), extract(epoch from clock_timestamp() - min(parked_at))::float
    from parked where consumer = :consumer group by state
""")


class Timer(Generic[S]):
    """Runs in every replica: a key's parked events are tried by one replica at a time."""

    def __init__(self, inbox: Inbox[S], transaction: Transaction[S], health: Health) -> None:
        self._inbox, self._transaction, self._health = inbox, transaction, health
        self._look_at, self._prune_at = 0.0, 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Tick until told to stop; without its database, with growing delays."""
        delays = growing_delays()
        while not stop.is_set():
            self._health.beat("timer")
            try:
                await self._tick()
            except (*TRANSIENT_ERRORS, DBAPIError) as error:
                cause = type(error).__name__
                log.warning("timer_database_failed", consumer=self._inbox.service, error=cause)
                await sleep_until(stop, next(delays))
            else:
                delays = growing_delays()
                await sleep_until(stop, TICK_SECONDS)

    async def _tick(self) -> None:
        await self._inbox.retrying.retry_due()
        now = time.monotonic()
        if now >= self._look_at:
            self._look_at = now + LOOK_SECONDS
            await self.look()
        if now >= self._prune_at:
            self._prune_at = now + PRUNE_SECONDS
            await self._inbox.prune()
            async with self._transaction() as tx:
                await replay.prune(tx)

    async def look(self) -> None:
        """Measure the outbox and the parked events, for the gauges."""
        async with self._transaction() as tx:
            places = {"last": outbox.SHARDS - 1, "most": COUNTED_AT_MOST}
            pending, oldest = (await tx.execute(OUTBOX, places)).one()
            states = (await tx.execute(PARKED, {"consumer": self._inbox.service})).all()
        now = time.time()
        births = [birth for event_id in oldest if (birth := timestamp_of(event_id)) is not None]
        self._health.outbox_pending = pending
        self._health.outbox_age_seconds = max(0.0, now - min(births, default=now))
        now_parked = {state: Parked(size, age) for state, size, age in states}
        self._health.parked = nothing_parked() | now_parked
