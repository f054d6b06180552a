"""A consumer that notes when it sees each fact, until it is told to stop."""

import asyncio
import json
import signal
import time

from aiokafka import AIOKafkaConsumer


async def measure(*, kafka: str, topic: str) -> dict[str, int]:
    """Look at what comes from now on; return when each event was there."""
    stop, seen = asyncio.Event(), dict[str, int]()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=kafka, auto_offset_reset="latest", enable_auto_commit=False
    )
    await consumer.start()
    for partition in consumer.assignment():
        await consumer.position(partition)
    print("ready", flush=True)
    while not stop.is_set():
        fetched = await consumer.getmany(timeout_ms=100)
        now = time.monotonic_ns()
        for records in fetched.values():
            seen.update((json.loads(record.value or b"")["event_id"], now) for record in records)
    await consumer.stop()
    return seen
