"""Events on topics without an outbox, and groups that begin at the end."""

import asyncio
from collections.abc import Collection
from uuid import UUID

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.partitioner import DefaultPartitioner

from events.facts.base import Event
from events.ids import uuid7
from events.transport.envelope import Envelope


async def send(servers: str, facts: Collection[Event]) -> None:
    """Put facts on their topics without an outbox."""
    producer = AIOKafkaProducer(bootstrap_servers=servers, enable_idempotence=True)
    await producer.start()
    answers = []
    for envelope in map(Envelope.around, facts):
        headers = [(name, value.encode()) for name, value in envelope.headers.items()]
        key = envelope.key.encode()
        answers.append(
            await producer.send(envelope.topic, envelope.payload, key=key, headers=headers)
        )
    await asyncio.gather(*answers)
    await producer.stop()


async def begin_at_the_end(servers: str, group: str, topics: Collection[str]) -> None:
    """Commit the ends of these topics for a new group: it skips the events of other tests."""
    kafka = AIOKafkaConsumer(
        *topics, bootstrap_servers=servers, group_id=group, enable_auto_commit=False
    )
    await kafka.start()
    await kafka.commit(await kafka.end_offsets(kafka.assignment()))
    await kafka.stop()


def keys_in_lane(lane: int, count: int = 1, *, partitions: int = 6) -> list[UUID]:
    """Make ids that Kafka puts into one lane."""
    numbers, place = list(range(partitions)), DefaultPartitioner()
    ids = (uuid7() for _ in range(100 * count))
    return [i for i in ids if place(str(i).encode(), numbers, numbers) == lane][:count]
