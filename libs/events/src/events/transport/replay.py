"""Replay: a service whose database was restored from a backup is sent its events again.

The producers it listens to have kept what they sent (`keep`, the table `event_log`). With the
service stopped, each of them publishes the part since the backup once more, for that service
alone, and the service begins to consume at the first of them. It is given everything in the order
of publication, also what is published meanwhile; what it still knows, its inbox drops.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from events.transport import certificates, outbox
from events.transport.compatibility import fetch_metadata
from events.transport.inbox import REPLAYED_FOR
from events.transport.subscriptions import S, Transaction
from events.transport.tables import event_log

KEPT: Final = timedelta(days=30)
ANSWER_SECONDS: Final = 10

# In this order: relays finish their batch, and transactions that publish finish or wait.
OUTBOX_LOCKS: Final = (
    text("set local lock_timeout = '15s'"),
    text("select pg_advisory_xact_lock(hashtext('outbox'), s) from generate_series(0, :last) s"),
    text("lock table outbox in share row exclusive mode"),
)
NEWEST: Final = text("select coalesce(max(id), 0) from outbox")
REPUBLISH: Final = text("""
    insert into outbox (shard, event_id, topic, key, headers, payload)
    select shard, event_id, topic, key,
        headers || jsonb_build_object(cast(:header as text), cast(:service as text)), payload
    from event_log where sent_at >= :since and topic = any(:topics) order by id
""")
# Rows that are not sent yet come after those that were published before them.
REQUEUE_PENDING: Final = text("""
    with waiting as (delete from outbox where id <= :newest returning *)
    insert into outbox (shard, event_id, topic, key, headers, payload)
    select shard, event_id, topic, key, headers, payload from waiting order by id
""")


class CannotReplay(Exception):
    """A replay that needs something done first; the text says what."""


@dataclass(frozen=True)
class Replay:
    """The events that one service is sent again by one producer."""

    service: str
    since: datetime
    topics: Collection[str]


async def replay(transaction: Transaction[S], servers: str, again: Replay) -> int:
    """Publish again, for one stopped service, what was sent since a moment; return how many.

    The producer may go on working: for as long as the copying takes, its commits wait.
    """
    await _refuse_members(servers, again.service)
    async with transaction() as tx:
        await _lock_outbox(tx)
        newest = (await tx.scalars(NEWEST)).one()
        # The one call to Kafka inside a transaction besides the relay's: nothing may be sent
        # between this look at the ends and what is published again. It is bounded.
        async with asyncio.timeout(ANSWER_SECONDS):
            ends = await _ends(servers, again.topics)
        values: dict[str, Any] = {"since": again.since, "topics": list(again.topics)}
        marks = {"header": REPLAYED_FOR, "service": again.service}
        published: Any = await tx.execute(REPUBLISH, values | marks)
        await tx.execute(REQUEUE_PENDING, {"newest": newest})
    await _begin_at(servers, again.service, ends)
    outbox.wake_relays()
    return int(published.rowcount)


async def prune(session: AsyncSession, *, now: datetime | None = None) -> int:
    """Delete rows of `event_log` that are older than any backup; return how many."""
    old = event_log.c.sent_at < (now or datetime.now(UTC)) - KEPT
    gone = delete(event_log).where(old).returning(event_log.c.id)
    return len((await session.scalars(gone)).all())


async def kept_since(session: AsyncSession) -> datetime | None:
    """Return the time of the oldest row in `event_log`; None if there is none."""
    oldest: datetime | None = await session.scalar(select(func.min(event_log.c.sent_at)))
    return oldest


async def topics_kept(session: AsyncSession) -> list[str]:
    """List the topics that a producer can replay."""
    return list(await session.scalars(select(event_log.c.topic).distinct()))


async def _lock_outbox(session: AsyncSession) -> None:
    timeout, senders, writers = OUTBOX_LOCKS
    await session.execute(timeout)
    await session.execute(senders, {"last": outbox.SHARDS - 1})
    await session.execute(writers)


async def _refuse_members(servers: str, service: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=servers, **certificates.options())
    try:
        await admin.start()
        [answer] = await admin.describe_consumer_groups([service])
        members = answer.to_object()["groups"][0]["members"]
    finally:
        await admin.close()
    if members:
        raise CannotReplay(f"{service} has {len(members)} members listening. Stop it first.")


async def _ends(servers: str, topics: Collection[str]) -> dict[TopicPartition, int]:
    kafka = AIOKafkaConsumer(bootstrap_servers=servers, **certificates.options())
    try:
        await kafka.start()
        await fetch_metadata(kafka)
        places = [
            TopicPartition(topic, number)
            for topic in topics
            for number in kafka.partitions_for_topic(topic) or ()
        ]
        return dict(await kafka.end_offsets(places))
    finally:
        await kafka.stop()


async def _begin_at(servers: str, service: str, places: dict[TopicPartition, int]) -> None:
    kafka = AIOKafkaConsumer(
        bootstrap_servers=servers,
        **certificates.options(),
        group_id=service,
        enable_auto_commit=False,
    )
    kafka.assign(list(places))
    try:
        await kafka.start()
        await kafka.commit(places)
    finally:
        await kafka.stop()
