"""Telling a service again what it has heard before, when its database was restored from a backup.

The producers it listens to have kept what they sent (`keep`, the table `event_log`). With the
service stopped, each of them states the part since the backup once more, for that service alone,
and the service begins to listen at the first of them. It hears everything in the order it was
stated in, also what is stated meanwhile; what it still knows, its inbox drops.
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
from events.transport.inbox import REPLAY_FOR
from events.transport.subscriptions import S, Transaction
from events.transport.tables import event_log

KEPT: Final = timedelta(days=30)
ANSWER_SECONDS: Final = 10

# In this order: those who are sending finish, and those who state something finish or wait.
ALONE: Final = (
    text("set local lock_timeout = '15s'"),
    text("select pg_advisory_xact_lock(hashtext('outbox'), s) from generate_series(0, :last) s"),
    text("lock table outbox in share row exclusive mode"),
)
NEWEST: Final = text("select coalesce(max(id), 0) from outbox")
STATE_AGAIN: Final = text("""
    insert into outbox (shard, event_id, topic, key, headers, payload)
    select shard, event_id, topic, key,
        headers || jsonb_build_object(cast(:header as text), cast(:service as text)), payload
    from event_log where sent_at >= :since and topic = any(:topics) order by id
""")
# What was stated and not yet sent comes after what was stated before it.
AND_THEN_WHAT_WAITS: Final = text("""
    with waiting as (delete from outbox where id <= :newest returning *)
    insert into outbox (shard, event_id, topic, key, headers, payload)
    select shard, event_id, topic, key, headers, payload from waiting order by id
""")


class CannotReplay(Exception):
    """Something has to be done first; the text says what."""


@dataclass(frozen=True)
class Replay:
    """What one service hears again from one producer."""

    service: str
    since: datetime
    topics: Collection[str]


async def replay(transaction: Transaction[S], servers: str, again: Replay) -> int:
    """State again, for one stopped service, what was sent since a moment; return how many.

    The producer may go on working: for as long as the copying takes, its commits wait.
    """
    await _refuse_members(servers, again.service)
    async with transaction() as tx:
        await _be_alone(tx)
        newest = (await tx.scalars(NEWEST)).one()
        # The one call to Kafka inside a transaction besides the relay's: nothing may be sent
        # between this look at the ends and what is stated again. It is bounded.
        async with asyncio.timeout(ANSWER_SECONDS):
            ends = await _ends(servers, again.topics)
        values: dict[str, Any] = {"since": again.since, "topics": list(again.topics)}
        marks = {"header": REPLAY_FOR, "service": again.service}
        stated: Any = await tx.execute(STATE_AGAIN, values | marks)
        await tx.execute(AND_THEN_WHAT_WAITS, {"newest": newest})
    await _begin_at(servers, again.service, ends)
    outbox.ring()
    return int(stated.rowcount)


async def prune(session: AsyncSession, *, now: datetime | None = None) -> int:
    """Forget what was sent so long ago that no backup is older; return how many."""
    old = event_log.c.sent_at < (now or datetime.now(UTC)) - KEPT
    gone = delete(event_log).where(old).returning(event_log.c.id)
    return len((await session.scalars(gone)).all())


async def kept_since(session: AsyncSession) -> datetime | None:
    """Say from when on a producer can tell what it has sent."""
    oldest: datetime | None = await session.scalar(select(func.min(event_log.c.sent_at)))
    return oldest


async def topics_kept(session: AsyncSession) -> list[str]:
    """List what a producer can tell again."""
    return list(await session.scalars(select(event_log.c.topic).distinct()))


async def _be_alone(session: AsyncSession) -> None:
    timeout, senders, writers = ALONE
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
        await kafka._client.force_metadata_update()  # noqa: SLF001, it has not subscribed
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
