"""The tables of a run: events as published, in the same transaction, and their effects."""

from sqlalchemy import BigInteger, Column, Identity, Integer, MetaData, Table, Text, Uuid, text
from sqlalchemy.ext.asyncio import AsyncEngine

from events.transport import tables

metadata = MetaData()

journey = Table(
    "journey",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False, server_default="0"),
)

published = Table(
    "published",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("journey_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
)

progress = Table(
    "progress",
    metadata,
    Column("journey_id", Uuid, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("version", Integer, nullable=False),
)

# No constraint on the id: duplicates must be seen, not refused.
effect = Table(
    "effect",
    metadata,
    Column("position", BigInteger, Identity(), primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("topic", Text, nullable=False),
    Column("journey_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("last", Integer, nullable=False),
)

ADVANCE = text("update journey set version = version + 1 where id = :id returning version")

# The lock on `progress` makes two handlers of one journey wait for each other, so that `last` is
# what was committed before, and not only what was begun before.
RECORD_EFFECT = text("""
    with before as (
        insert into progress (journey_id, topic, version) values (:journey_id, :topic, :version)
        on conflict (journey_id, topic) do update set version = excluded.version
        returning coalesce(old.version, 0) as last
    )
    insert into effect (event_id, topic, journey_id, version, last)
    select :event_id, :topic, :journey_id, :version, last from before
""")


async def create(engine: AsyncEngine) -> None:
    """Make the tables of a run beside those of the library."""
    async with engine.begin() as connection:
        await connection.run_sync(tables.metadata.create_all)
        await connection.run_sync(metadata.create_all)
