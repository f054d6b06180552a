"""The upper bound of a Python producer on this machine: aiokafka, pipelined and idempotent."""

import gc

from bench.events import facts
from bench.meter import Figures, Moment, figures


async def measure(*, kafka: str, rows: int) -> Figures:
    """Send records that are ready, with the relay's settings and as many at once as it sends."""
    producer = facts.producer(kafka)
    await producer.start()
    await facts.send(producer, facts.records(facts.KEYS))  # every partition is known now
    records = facts.records(rows)
    gc.collect()
    gc.freeze()
    begin = Moment()
    await facts.send(producer, records)
    end = Moment()
    await producer.stop()
    return figures(begin, end, rows)
