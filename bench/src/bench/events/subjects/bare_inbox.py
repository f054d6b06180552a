"""The most that one process can do with a statement for each fact: nothing but the two clients.

A transaction for each hundred facts of a partition, all partitions at a time, an inbox, an UPSERT,
a commit of offsets a fetch. No parking, no retry, no order over topics, no spans, no numbers.
"""

import asyncio
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import psycopg
from aiokafka import AIOKafkaConsumer, ConsumerRecord
from sqlalchemy import make_url

from bench.events import facts
from bench.events.counting import Count
from bench.events.effects import FIRST_TIME, UPSERT
from bench.meter import Figures
from events import HoldCreated

BATCH = 100
Records = list[ConsumerRecord[Any, Any]]


async def measure(*, database: str, kafka: str, group: str, count: int) -> Figures:
    """Handle so many facts."""
    noted = Count(count)
    address = make_url(database).set(drivername="postgresql")
    url = address.render_as_string(hide_password=False)
    consumer = AIOKafkaConsumer(
        facts.TOPIC,
        bootstrap_servers=kafka,
        group_id=group,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    async with AsyncExitStack() as stack:
        await consumer.start()
        stack.push_async_callback(consumer.stop)
        connections = {
            partition: await stack.enter_async_context(
                await psycopg.AsyncConnection.connect(url, autocommit=True)
            )
            for partition in consumer.assignment()
        }

        async def act(partition: Any, records: Records) -> None:
            for start in range(0, len(records), BATCH):
                batch = records[start : start + BATCH]
                noted.begin()
                async with connections[partition].transaction():
                    await _write(connections[partition], group, batch)
                noted.note(len(batch))

        while not noted.full.is_set():
            fetched = await consumer.getmany(timeout_ms=500, max_records=1000)
            await asyncio.gather(
                *(act(partition, records) for partition, records in fetched.items())
            )
            if fetched:
                await consumer.commit()
    return noted.figures()


async def _write(connection: psycopg.AsyncConnection[Any], group: str, batch: Records) -> None:
    ids = [UUID(dict(record.headers)["ce_id"].decode()) for record in batch]
    rows = await (await connection.execute(FIRST_TIME, (group, ids))).fetchall()
    new = {row[0] for row in rows}
    for record, event_id in zip(batch, ids, strict=True):
        if event_id in new:
            fact = HoldCreated.model_validate_json(record.value or b"")
            await connection.execute(UPSERT, (fact.key, fact.price_vnd))
