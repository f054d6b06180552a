"""Sending rows of the outbox to Kafka in whole batches, in the order of the rows.

A batch of ours holds what goes to one partition. The client then keeps one answer per batch and
not one per event, which is a good half of what sending costs.
"""

import asyncio
from collections.abc import Iterator, Sequence
from functools import lru_cache
from struct import unpack_from
from time import time
from typing import Any, Final

from aiokafka import AIOKafkaProducer
from aiokafka.producer.message_accumulator import BatchBuilder

from events.facts.base import CATALOGUE
from events.transport import certificates, faultpoints, telemetry
from events.transport.backoff import bounded
from events.transport.compatibility import close_sender
from events.transport.envelope import bytes_of
from events.transport.shards import Outgoing

MAX_BATCH_BYTES: Final = 256 * 1024
STOP_SECONDS: Final = 3
_WORD: Final = 0xFFFFFFFF


async def send(
    producer: AIOKafkaProducer, rows: Sequence[Outgoing], in_flight: list[asyncio.Future[Any]]
) -> None:
    """Send rows, which are in order, and return when all have arrived.

    What was handed over is in `in_flight`, also if this fails: it may still arrive.
    """
    now = int(time() * 1000)
    for (topic, partition), of_partition in (await _rows_by_partition(producer, rows)).items():
        for batch in _batches(producer, of_partition, now):
            # One after the other: one may be refused by itself, and then nothing may follow it.
            future = await producer.send_batch(batch, topic, partition=partition)
            in_flight.append(future)
    if in_flight:
        await asyncio.wait(in_flight)
    for future in in_flight:
        future.result()


async def _rows_by_partition(
    producer: AIOKafkaProducer, rows: Sequence[Outgoing]
) -> dict[tuple[str, int], list[Outgoing]]:
    by_partition: dict[tuple[str, int], list[Outgoing]] = {}
    counts = {t: len(await producer.partitions_for(t)) for t in {row.topic for row in rows}}
    for row in rows:
        if faultpoints.ARMED and row.topic in CATALOGUE:
            faultpoints.reach("before_publish", CATALOGUE[row.topic].source, row.topic)
        place = row.topic, partition_of(row.key, counts[row.topic])
        by_partition.setdefault(place, []).append(row)
    return by_partition


def _batches(
    producer: AIOKafkaProducer, rows: Sequence[Outgoing], now: int
) -> Iterator[BatchBuilder]:
    batch = producer.create_batch()
    for row in rows:
        record: dict[str, Any] = {
            "timestamp": now,
            "key": bytes_of(row.key),
            "value": row.payload,
            "headers": [(name, bytes_of(value)) for name, value in row.headers.items()],
        }
        if batch.append(**record) is None:
            batch.close()
            yield batch
            batch = producer.create_batch()
            batch.append(**record)
    batch.close()
    yield batch


@lru_cache(maxsize=50_000)
def partition_of(key: str, count: int) -> int:
    """Return the partition of a key, the same that every Kafka client chooses (murmur2).

    The client's own takes twice as long, and the many events of one journey need it once.
    """
    data = bytes_of(key)
    mixed = 0x9747B28C ^ len(data)
    whole = len(data) // 4
    for part in unpack_from(f"<{whole}I", data):
        word = part * 0x5BD1E995 & _WORD
        word = (word ^ word >> 24) * 0x5BD1E995 & _WORD
        mixed = mixed * 0x5BD1E995 & _WORD ^ word
    if rest := data[4 * whole :]:
        mixed = (mixed ^ int.from_bytes(rest, "little")) * 0x5BD1E995 & _WORD
    mixed = (mixed ^ mixed >> 13) * 0x5BD1E995 & _WORD
    return ((mixed ^ mixed >> 15) & 0x7FFFFFFF) % count


def new_producer(servers: str) -> AIOKafkaProducer:
    """Make an idempotent producer: its order holds whatever the network does."""
    return AIOKafkaProducer(
        bootstrap_servers=servers,
        **certificates.options(),
        enable_idempotence=True,
        client_id=telemetry.client_id(),
        request_timeout_ms=10_000,
        max_batch_size=MAX_BATCH_BYTES,
    )


async def close_producer(producer: AIOKafkaProducer) -> None:
    """Close a producer that has nothing in flight or, at the end of a service, whatever it has."""
    if await bounded(producer.stop(), STOP_SECONDS) is None:
        return
    # Its sender would outlive it and deliver what is sent again by another.
    await bounded(close_sender(producer), STOP_SECONDS)
    await bounded(producer.client.close(), STOP_SECONDS)
