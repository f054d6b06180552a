"""A job works on each row by itself: one that cannot be worked on keeps no other waiting."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from libs.kit.tests.conftest import leftovers
from sqlalchemy import Select, delete, insert, select

from events.ids import uuid7
from kit import clock
from kit.db import Database, Tx
from kit.jobs import Jobs
from kit.tasks import Runner, Tasks
from kit.tasks import task as tasks
from kit.tasks.runner import MAX_ATTEMPTS


class RemovesLeftovers:
    """A job that removes leftovers, but fails at poisoned ones."""

    def __init__(self, poisoned: Sequence[UUID] = ()) -> None:
        self.jobs, self.poisoned, self.tried = Jobs(), set(poisoned), list[UUID]()
        self.jobs.each_row(1, self.due)(self.strike_off)

    def due(self, _: datetime) -> Select[UUID]:
        return select(leftovers.c.id).order_by(leftovers.c.id)

    async def strike_off(self, tx: Tx, leftover_id: UUID, _: datetime) -> None:
        self.tried.append(leftover_id)
        if leftover_id in self.poisoned:
            raise ZeroDivisionError
        await tx.execute(delete(leftovers).where(leftovers.c.id == leftover_id))

    async def batch(self, db: Database) -> int:
        return await self.jobs.all[0].work(db, clock.now())

    async def rest(self, db: Database, days: int) -> None:
        runner = Runner(Tasks(self.jobs.handlers), db)
        await runner.run_due(now=clock.now() + timedelta(days=days))


@pytest.fixture
async def ids(db: Database) -> list[UUID]:
    made = [uuid7() for _ in range(5)]
    async with db.transaction() as tx:
        await tx.execute(insert(leftovers), [{"id": row_id} for row_id in made])
    return made


async def left(db: Database) -> set[UUID]:
    async with db.transaction() as tx:
        return set((await tx.execute(select(leftovers.c.id))).scalars())


async def test_one_poisoned_row_does_not_stop_the_batch(db: Database, ids: list[UUID]) -> None:
    job = RemovesLeftovers(poisoned=ids[:1])

    assert await job.batch(db) == len(ids) - 1
    assert await left(db) == {ids[0]}


async def test_a_poisoned_row_rests_and_ends_on_the_work_list(
    db: Database, ids: list[UUID]
) -> None:
    job = RemovesLeftovers(poisoned=ids[:1])

    for days in range(MAX_ATTEMPTS + 3):
        await job.batch(db)
        await job.rest(db, days + 1)

    assert job.tried.count(ids[0]) == 1 + MAX_ATTEMPTS
    async with db.transaction() as tx:
        row = (await tx.execute(select(tasks))).one()
    assert (row.kind, row.ref, row.reason_code) == ("strike_off", ids[0], "ATTEMPTS_EXHAUSTED")


async def test_a_row_that_was_mended_is_done_at_the_next_attempt(
    db: Database, ids: list[UUID]
) -> None:
    job = RemovesLeftovers(poisoned=ids[:1])
    await job.batch(db)
    job.poisoned.clear()

    await job.rest(db, 1)

    assert await left(db) == set()
    assert await job.batch(db) == 0


async def test_many_replicas_do_each_row_once(db: Database, ids: list[UUID]) -> None:
    job = RemovesLeftovers()

    did = await asyncio.gather(*(job.batch(db) for _ in range(6)))

    assert sum(did) == len(ids)
    assert sorted(job.tried) == sorted(ids)
