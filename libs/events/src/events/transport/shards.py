"""Reading the outbox: one reader per shard at a time, in order, no row before all lower ones.

Rows go out as they are, so this speaks to the driver itself, which takes half the time.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Final, LiteralString, NamedTuple

from psycopg import AsyncConnection
from psycopg.rows import args_row
from psycopg.types.json import set_json_loads
from pydantic_core import from_json
from sqlalchemy.ext.asyncio import AsyncSession

from events.transport import outbox

# Taken in a statement of its own: the statement that reads then sees what the last holder of the
# lock committed, and `oldest` is known to be older than that read.
LOCK: Final = """
    select shard, mark, pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest,
        pg_try_advisory_xact_lock(hashtext('outbox'), shard) as acquired
    from unnest(%(shards)s::smallint[], %(marks)s::bigint[]) as s (shard, mark)
    where exists (select from outbox o where o.shard = s.shard and o.id > s.mark)
"""
# `reader` is above the id of every transaction that had taken a lower row id by then. The xmax of
# the snapshot is not: it is one past the highest transaction that has ended.
TAKE: Final = """
    with next as materialized (
        select o.shard, o.id
        from unnest(%(shards)s::smallint[], %(marks)s::bigint[]) as s (shard, mark)
        cross join lateral (
            select shard, id from outbox
            where outbox.shard = s.shard and id > s.mark order by id limit %(limit)s
        ) o
    ), taken as (
        delete from outbox o using next where o.shard = next.shard and o.id = next.id
        returning o.*
    ){keep}
    select shard, id, topic, key, headers, payload, pg_current_xact_id()::text::bigint as reader
    from taken
"""
KEEP: Final = """, kept as (
        insert into event_log (id, shard, event_id, topic, key, headers, payload)
        select id, shard, event_id, topic, key, headers, payload from taken
        where not headers ? 'replayfor' -- that is kept already
    )"""

Database = AsyncConnection[Any]


class Locked(NamedTuple):
    """A shard with rows; if `acquired`, this transaction is its only reader until it ends."""

    shard: int
    mark: int
    oldest: int
    acquired: bool


class Outgoing(NamedTuple):
    """A row of the outbox, as it leaves the database."""

    shard: int
    id: int
    topic: str
    key: str
    headers: dict[str, str]
    payload: bytes
    reader: int


@dataclass
class Watermark:
    """The row id up to which a shard is read for good, so that dead rows are not walked again.

    A row is passed only when every transaction that ran while it was read has ended: one that is
    still open may hold a lower id, and its key's next event would leave before it.
    """

    passed: int = 0
    read: deque[tuple[int, int]] = field(default_factory=deque)

    def move(self, oldest: int) -> None:
        """Pass the rows that were read by transactions older than all that run now."""
        while self.read and self.read[0][1] <= oldest:
            self.passed = max(self.passed, self.read.popleft()[0])


async def driver_of(session: AsyncSession) -> Database:
    """Return the driver's connection in which a session's transaction runs."""
    connection = await (await session.connection()).get_raw_connection()
    driver = connection.driver_connection
    assert isinstance(driver, AsyncConnection), "The relay speaks to PostgreSQL by psycopg"
    return driver


async def rows_of(
    session: AsyncSession, statement: LiteralString, values: Sequence[Any]
) -> list[tuple[Any, ...]]:
    """Run a statement of every batch on the driver itself, which costs half; return its rows."""
    database = await driver_of(session)
    async with database.cursor(binary=True) as cursor:
        return await (await cursor.execute(statement, values)).fetchall()


async def lock(database: Database, marks: Sequence[int]) -> list[Locked]:
    """List the shards with rows above their marks, and lock those that have no other reader."""
    shards = {"shards": list(range(outbox.SHARDS)), "marks": list(marks)}
    async with database.cursor(row_factory=args_row(Locked), binary=True) as cursor:
        return await (await cursor.execute(LOCK, shards)).fetchall()


async def take(
    database: Database, locked: Sequence[Locked], limit: int, *, keep: bool
) -> list[Outgoing]:
    """Delete and return the first rows of these shards in order; `keep` copies them to the log."""
    marks = {"shards": [s.shard for s in locked], "marks": [s.mark for s in locked]}
    async with database.cursor(row_factory=args_row(Outgoing), binary=True) as cursor:
        set_json_loads(from_json, cursor)
        statement = TAKE.format(keep=KEEP if keep else "")
        await cursor.execute(statement.encode(), marks | {"limit": limit})
        return sorted(await cursor.fetchall(), key=attrgetter("id"))
