"""The lag of consumer groups, in records and in seconds."""

import time
from collections.abc import AsyncGenerator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from events.transport import certificates
from events.transport.backoff import bounded
from events.transport.compatibility import read_any_header_name
from events.transport.topics import administration

READ_SECONDS: Final = 3.0


@dataclass(frozen=True)
class Lag:
    """The position of a group on one partition."""

    group: str
    topic: str
    partition: int
    committed: int
    end: int
    seconds: float | None
    """Age of the first record that is not committed; None if it could not be read."""

    @property
    def records(self) -> int:
        """Number of records that are not committed."""
        return self.end - self.committed


async def lags(servers: str, group: str | None = None) -> list[Lag]:
    """List the lag of one group or of all, by partition, without joining any."""
    async with administration(servers) as admin, _reader(servers) as reader:
        groups = (
            [group] if group else sorted(name for name, *_ in await admin.list_consumer_groups())
        )
        known = await admin.list_topics()
        return [lag for name in groups for lag in await _of_group(admin, reader, name, set(known))]


async def _of_group(
    admin: AIOKafkaAdminClient, reader: AIOKafkaConsumer, group: str, known: Collection[str]
) -> list[Lag]:
    offsets = await admin.list_consumer_group_offsets(group)
    topics = sorted({place.topic for place in offsets} & {*known})
    described = await admin.describe_topics(topics) if topics else []
    places = sorted(
        TopicPartition(topic["topic"], part["partition"])
        for topic in described
        for part in topic["partitions"]
    )
    first, end = await reader.beginning_offsets(places), await reader.end_offsets(places)
    # A partition without a committed offset is read from its beginning, and so is one whose
    # committed offset is older than what Kafka still has.
    committed = {
        place: max(offsets[place].offset if place in offsets else 0, first[place])
        for place in places
    }
    behind = {place: at for place, at in committed.items() if at < end[place]}
    seconds: dict[TopicPartition, float | None] = dict.fromkeys(places, 0.0)
    seconds |= dict.fromkeys(behind) | await _ages(reader, behind)
    return [Lag(group, *p, committed[p], end[p], seconds[p]) for p in places]


async def _ages(
    reader: AIOKafkaConsumer, behind: Mapping[TopicPartition, int]
) -> dict[TopicPartition, float]:
    """Read the first uncommitted record of each partition; return the seconds since it came."""
    if not behind:
        return {}
    reader.assign(list(behind))
    for place, offset in behind.items():
        reader.seek(place, offset)
    ages: dict[TopicPartition, float] = {}
    deadline = time.monotonic() + READ_SECONDS
    while len(ages) < len(behind) and time.monotonic() < deadline:
        for place, records in (await reader.getmany(timeout_ms=500)).items():
            ages.setdefault(place, max(0.0, time.time() - records[0].timestamp / 1000))
            reader.pause(place)
    return ages


@asynccontextmanager
async def _reader(servers: str) -> AsyncGenerator[AIOKafkaConsumer]:
    read_any_header_name()
    reader = AIOKafkaConsumer(
        bootstrap_servers=servers,
        **certificates.options(),
        enable_auto_commit=False,
        max_partition_fetch_bytes=65_536,
    )
    try:
        await reader.start()
        yield reader
    finally:
        await bounded(reader.stop(), READ_SECONDS)
