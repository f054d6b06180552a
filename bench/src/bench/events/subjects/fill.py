"""Facts for consumers to read."""

from bench.events import facts
from bench.meter import Figures


async def measure(*, kafka: str, count: int) -> Figures:
    """Put so many on the topic."""
    producer = facts.producer(kafka)
    await producer.start()
    await facts.send(producer, facts.records(count, traced=True))
    await producer.stop()
    return {"sent": count}
