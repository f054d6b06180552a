"""Events sent in batches arrive as if they had been sent one by one."""

import random
from typing import TYPE_CHECKING, Any, cast

from aiokafka.partitioner import DefaultPartitioner

from events.ids import uuid7
from events.transport import sending
from events.transport.envelope import text_of
from events.transport.sending import partition_of
from events.transport.shards import Outgoing
from events.transport.testing import FakeBatch, FakeProducer

if TYPE_CHECKING:
    import asyncio

    from aiokafka import AIOKafkaProducer


def test_a_key_is_in_the_partition_where_every_kafka_client_puts_it() -> None:
    numbers, place = list(range(12)), DefaultPartitioner()
    keys = [str(uuid7()).encode() for _ in range(200)]
    keys += [random.randbytes(length) for length in range(40)]
    for key in keys:
        assert partition_of(text_of(key), 12) == place(key, numbers, numbers)


class SmallBatch(FakeBatch):
    """A batch in which three events fit."""

    def append(self, *, key: bytes, headers: object, **_: object) -> object:
        return None if len(self.keys) == 3 else super().append(key=key, headers=headers)


class SmallWire(FakeProducer):
    def create_batch(self) -> FakeBatch:
        return SmallBatch()


async def test_what_does_not_fit_into_one_batch_follows_in_the_next() -> None:
    wire = SmallWire()
    rows = [Outgoing(0, n, "HoldCreated", f"k{n}", {"ce_id": "1"}, b"{}", 1) for n in range(8)]
    in_flight: list[asyncio.Future[Any]] = []

    await sending.send(cast("AIOKafkaProducer", wire), rows, in_flight)

    assert wire.sent == [("HoldCreated", f"k{n}") for n in range(8)]
    assert len(in_flight) == 3
