"""The outcome of a run: the rows of the service, and its records on Kafka."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from aiokafka import AIOKafkaConsumer
from sqlalchemy import select, text

from events import EvidenceSealed
from kit.db import Database
from videocall.calls.commands import KINDS
from videocall.tables import (
    agent_states,
    agents,
    call_events,
    calls,
    recording_parts,
    reservations,
)

TOPICS: Final = (*(kind.topic for kind in KINDS), EvidenceSealed.topic)
LAST_WORDS: Final = (
    "one_live_call_per_hold",
    "one_call_in_hand_per_agent",
    "one_live_reservation_per_call",
    "one_live_reservation_per_agent",
)
"""The unique indexes that refuse a double offer, should the locks ever fail."""
INDEXES: Final = text(
    "select count(*) from pg_index join pg_class on pg_class.oid = indexrelid"
    " where relname = any(:names) and indisunique and indisvalid"
)
UNSENT: Final = text("select count(*) from outbox")
TASKS: Final = text("select count(*) from task where done_at is null")

Records = dict[tuple[str, UUID], dict[str, int]]
"""By topic and call, the ids of the events, and how often each lies on Kafka."""


@dataclass(frozen=True)
class Outcome:
    """All that is left of a run when its processes have ended."""

    calls: Sequence[Any]
    reservations: Sequence[Any]
    agents: Sequence[Any]
    agent_states: Sequence[Any]
    events: Sequence[Any]
    """Of the calls' chains, each in its order."""
    parts: Sequence[Any]
    unsent: int
    tasks: int
    """Rows of jobs that failed and were set aside."""
    indexes: int
    """Of those that have the last word."""
    records: Records

    @classmethod
    async def read(cls, db: Database, records: Records) -> "Outcome":
        """Read the rows."""
        async with db.transaction() as tx:
            return cls(
                calls=(await tx.execute(select(calls))).all(),
                reservations=(
                    await tx.execute(select(reservations).order_by(reservations.c.offered_at))
                ).all(),
                agents=(await tx.execute(select(agents))).all(),
                agent_states=(
                    await tx.execute(select(agent_states).order_by(agent_states.c.id))
                ).all(),
                events=(
                    await tx.execute(
                        select(call_events).order_by(call_events.c.call_id, call_events.c.seq)
                    )
                ).all(),
                parts=(await tx.execute(select(recording_parts))).all(),
                unsent=await tx.scalar(UNSENT) or 0,
                tasks=await tx.scalar(TASKS) or 0,
                indexes=await tx.scalar(INDEXES, {"names": [*LAST_WORDS]}) or 0,
                records=records,
            )


async def records_of(servers: str) -> Records:
    """Read every record about calls, from the first to the last that is there."""
    records: Records = defaultdict(lambda: defaultdict(int))
    consumer = AIOKafkaConsumer(
        *TOPICS, bootstrap_servers=servers, auto_offset_reset="earliest", enable_auto_commit=False
    )
    await consumer.start()
    try:
        places = [*consumer.assignment()]
        assert places
        ends = await consumer.end_offsets(places)
        while any([await consumer.position(place) < ends[place] for place in places]):
            for place, batch in (await consumer.getmany(*places, timeout_ms=500)).items():
                for record in batch:
                    _note(records, place.topic, record)
    finally:
        await consumer.stop()
    return records


def _note(records: Records, topic: str, record: Any) -> None:
    headers = {name: value.decode() for name, value in record.headers}
    call_id = UUID(_call_of(record.value))
    records[topic, call_id][headers["ce_id"]] += 1


def _call_of(value: bytes) -> str:
    return str(json.loads(value)["call_id"])
