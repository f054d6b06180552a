"""The least a Python consumer can do: fetch, read the headers, validate, commit."""

from typing import Final

from aiokafka import AIOKafkaConsumer

from bench.events import facts
from bench.events.counting import Count
from bench.events.spans import observe
from bench.meter import Figures
from events import HoldCreated

ATTRIBUTES: Final = {f"messaging.attribute.{n}": "as many as ours" for n in range(10)}


async def measure(*, kafka: str, group: str, count: int, traced: float = 0) -> Figures:
    """Read so many records, and commit after each fetch; with a bare span for each, if traced."""
    noted = Count(count)
    tracer = observe(traced) if traced else None
    consumer = AIOKafkaConsumer(
        facts.TOPIC,
        bootstrap_servers=kafka,
        group_id=group,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    await consumer.start()
    while not noted.full.is_set():
        fetched = await consumer.getmany(timeout_ms=500, max_records=1000)
        for records in fetched.values():
            noted.begin()
            for record in records:
                dict(record.headers)
                HoldCreated.model_validate_json(record.value or b"")
                if tracer:
                    tracer.start_span(f"process {facts.TOPIC}", attributes=ATTRIBUTES).end()
            noted.note(len(records))
        if fetched:
            await consumer.commit()
    await consumer.stop()
    return noted.figures()
