"""One writer of the proof, a process of its own: `python -m libs.feed.tests.writer_process URL`.

It changes things, notes each change for one of the partners in the same transaction, and numbers
what is there, until it is killed.
"""

import asyncio
import random
import sys
from typing import Any, Final

from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Uuid,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from events.ids import uuid7
from feed import journal
from feed.entries import News
from feed.journal import note
from kit import clock

metadata: Final = MetaData()

things = Table(
    "thing",
    metadata,
    Column("id", SmallInteger, primary_key=True),
    Column("partner_id", Uuid, nullable=False),
    Column("step", Integer, nullable=False),
)

# What was committed, whatever the feed makes of it.
written = Table(
    "written",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("partner_id", Uuid, nullable=False),
)

THINGS: Final = 60
MOST_AT_ONCE: Final = 4
OFTEN: Final = 0.3


async def write(url: str) -> None:
    """Write until somebody puts an end to it."""
    engine = create_async_engine(url, pool_size=2)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    print("writing", flush=True)  # noqa: T201, the proof waits for this word
    while True:
        async with sessions.begin() as tx:
            await _change_some(tx)
            if random.random() < OFTEN:  # be killed here too, with everything done but the commit
                await asyncio.sleep(random.uniform(0, 0.02))
        if random.random() < OFTEN:
            await journal.number_all(sessions.begin)


async def _change_some(tx: AsyncSession) -> None:
    chosen = sorted(random.sample(range(THINGS), k=random.randint(1, MOST_AT_ONCE)))
    for thing in chosen:
        locked = select(things).where(things.c.id == thing).with_for_update()
        row: Any = (await tx.execute(locked)).one()
        data = {"thing": thing, "step": row.step + 1}
        await tx.execute(update(things).where(things.c.id == thing).values(step=row.step + 1))
        told = News(row.partner_id, uuid7(), "ThingChanged", clock.now(), data)
        await tx.execute(insert(written).values(event_id=told.event_id, partner_id=told.partner_id))
        await note(tx, told)


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1]))
