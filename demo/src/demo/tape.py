"""The events as they pass on Kafka, kept with the moment they were seen."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer

from events import CATALOGUE

Listener = Callable[[str, str], None]
"""A callback that gets the event's name and its key."""


@dataclass
class Tape:
    """Events by key, in the order in which they were consumed."""

    seen: dict[str, list[str]] = field(default_factory=dict)

    def note(self, event: str, key: str) -> None:
        """Remember one event."""
        self.seen.setdefault(key, []).append(event)


@asynccontextmanager
async def recording(servers: str, listener: Listener) -> AsyncGenerator[Tape]:
    """Listen to every topic from now on, without being part of any group."""
    consumer = AIOKafkaConsumer(
        *CATALOGUE, bootstrap_servers=servers, auto_offset_reset="latest", group_id=None
    )
    await consumer.start()
    await consumer.seek_to_end()
    tape = Tape()

    async def listen() -> None:
        async for record in consumer:
            key = (record.key or b"").decode()
            tape.note(record.topic, key)
            listener(record.topic, key)

    task = asyncio.create_task(listen())
    try:
        yield tape
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await consumer.stop()
