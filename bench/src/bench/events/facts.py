"""The events of all subjects: a slip of the usual size, of a thousand journeys."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Final

from aiokafka import AIOKafkaProducer
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from events import HoldCreated
from events.ids import uuid7
from events.transport import Envelope

KEYS: Final = 1000
TOPIC: Final = HoldCreated.topic
SENT_AT_ONCE: Final = 1000

Record = tuple[bytes, bytes, list[tuple[str, bytes]]]
Sessions = async_sessionmaker[AsyncSession]


def make(count: int) -> list[HoldCreated]:
    """Return events spread over the journeys."""
    now = datetime.now(UTC)
    holds = [(uuid7(), uuid7(), uuid7()) for _ in range(KEYS)]
    return [
        HoldCreated(
            occurred_at=now,
            hold_id=hold_id,
            number_id=number_id,
            hold_code=f"{n:08d}",
            customer_id=customer_id,
            sim="ESIM",
            entrance="APP",
            channel_code="KV2WEB",
            partner_id=None,
            price_vnd=250_000,
            sim_fee_vnd=25_000,
            commitment_vnd_per_month=150_000,
            commitment_months=12,
            promotion_code="KMTN4G",
            stock_region="KV2",
            expires_at=now + timedelta(hours=2),
        )
        for n in range(count)
        for hold_id, number_id, customer_id in [holds[n % KEYS]]
    ]


def records(count: int, *, traced: bool = False) -> list[Record]:
    """Make the same as Kafka's client takes them; of each ten journeys one may be recorded."""
    made = []
    for n, fact in enumerate(make(count)):
        more = {"ce_correlationid": fact.key}
        if traced:
            recorded = "00" if n % KEYS % 10 else "01"
            more["traceparent"] = f"00-{token_hex(16)}-{token_hex(8)}-{recorded}"
        envelope = Envelope.around(fact, more)
        headers = [(name, value.encode()) for name, value in envelope.headers.items()]
        made.append((envelope.key.encode(), envelope.payload, headers))
    return made


def producer(servers: str) -> AIOKafkaProducer:
    """Make a producer with the settings that the relay has."""
    return AIOKafkaProducer(
        bootstrap_servers=servers,
        enable_idempotence=True,
        request_timeout_ms=10_000,
        max_batch_size=256 * 1024,
    )


async def send(kafka: AIOKafkaProducer, outgoing: list[Record]) -> None:
    """Send as fast as the client can, waiting for the answers after each thousand."""
    for start in range(0, len(outgoing), SENT_AT_ONCE):
        answers = [
            await kafka.send(TOPIC, value, key=key, headers=headers)
            for key, value, headers in outgoing[start : start + SENT_AT_ONCE]
        ]
        for answer in answers:
            await answer


@asynccontextmanager
async def sessions(database: str, *, size: int = 5) -> AsyncGenerator[Sessions]:
    """Open a database as a service does."""
    engine = create_async_engine(database, pool_size=size)
    yield async_sessionmaker(engine, expire_on_commit=False)
    await engine.dispose()
