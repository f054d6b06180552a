"""FastStream with the same handler and an inbox written by hand, as its users do it."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from uuid import UUID

import psycopg
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.annotations import KafkaMessage
from sqlalchemy import ARRAY, Uuid, bindparam, func, literal, make_url, select
from sqlalchemy.dialects.postgresql import insert

from bench.events import facts
from bench.events.counting import Count
from bench.events.effects import FIRST_TIME, UPSERT, upsert
from bench.meter import Figures
from events import HoldCreated
from events.transport.tables import inbox

Write = Callable[[Sequence[HoldCreated], Sequence[UUID]], Awaitable[None]]
BATCH = 100


async def measure(
    *, database: str, kafka: str, group: str, count: int, session: str, batch: bool
) -> Figures:
    """Handle so many facts, one by one or a hundred at a time; each transaction is acknowledged."""
    noted = Count(count)
    broker = KafkaBroker(kafka, logger=None)
    async with AsyncExitStack() as stack:
        opening = {"psycopg": _by_psycopg, "AsyncSession": _by_session}[session]
        write = await opening(stack, database, group)

        async def handle_one(fact: HoldCreated, raw: KafkaMessage) -> None:
            noted.begin()
            await write([fact], [_id(raw.raw_message)])
            noted.note()

        async def handle_many(many: list[HoldCreated], raw: KafkaMessage) -> None:
            noted.begin()
            await write(many, [_id(record) for record in raw.raw_message])
            noted.note(len(many))

        more = {"batch": True, "max_records": BATCH} if batch else {}
        subscriber = broker.subscriber(
            facts.TOPIC,
            group_id=group,
            auto_offset_reset="earliest",
            ack_policy=AckPolicy.ACK,
            **more,
        )
        subscriber(handle_many if batch else handle_one)
        await broker.start()
        await noted.full.wait()
        await broker.stop()
    return noted.figures()


def _id(record: object) -> UUID:
    headers: Sequence[tuple[str, bytes]] = getattr(record, "headers", ())
    return UUID(dict(headers)["ce_id"].decode())


async def _by_psycopg(stack: AsyncExitStack, database: str, group: str) -> Write:
    address = make_url(database).set(drivername="postgresql")
    connection = await stack.enter_async_context(
        await psycopg.AsyncConnection.connect(
            address.render_as_string(hide_password=False), autocommit=True
        )
    )

    async def write(many: Sequence[HoldCreated], ids: Sequence[UUID]) -> None:
        async with connection.transaction():
            rows = await (await connection.execute(FIRST_TIME, (group, list(ids)))).fetchall()
            new = {row[0] for row in rows}
            for fact, event_id in zip(many, ids, strict=True):
                if event_id in new:
                    await connection.execute(UPSERT, (fact.key, fact.price_vnd))

    return write


async def _by_session(stack: AsyncExitStack, database: str, group: str) -> Write:
    sessions = await stack.enter_async_context(facts.sessions(database))
    rows = insert(inbox).from_select(
        ["consumer", "event_id"],
        select(literal(group), func.unnest(bindparam("ids", type_=ARRAY(Uuid)))),
    )
    first_time = rows.on_conflict_do_nothing().returning(inbox.c.event_id)

    async def write(many: Sequence[HoldCreated], ids: Sequence[UUID]) -> None:
        async with sessions.begin() as tx:
            new = set(await tx.scalars(first_time, {"ids": list(ids)}))
            for fact, event_id in zip(many, ids, strict=True):
                if event_id in new:
                    await tx.execute(upsert(fact))

    return write
