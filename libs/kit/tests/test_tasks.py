"""The outside world is called after the commit, again until it worked; its result counts once."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from uuid import UUID

import pytest

from events.ids import uuid7
from events.transport.testing import eventually
from kit import clock
from kit.db import Database
from kit.tasks import Runner, Task, Tasks
from kit.tasks.runner import LEASE
from kit.tasks.tasks import open_tasks


class World:
    """An outside system that remembers who called and fails as often as it is told to."""

    def __init__(self) -> None:
        self.calls: list[UUID] = []
        self.failures = 0
        self.tasks = Tasks()
        self.tasks.on("call")(self.call)

    async def call(self, task: Task, db: Database) -> None:
        """Answer, or fail."""
        self.calls.append(task.id)
        if self.failures:
            self.failures -= 1
            raise ConnectionError
        async with db.transaction() as tx:
            await task.done(tx, now=clock.now())


@pytest.fixture
def world() -> World:
    return World()


async def note(db: Database, world: World, ref: UUID) -> None:
    async with db.transaction() as tx:
        await world.tasks.add(tx, "call", ref=ref)


async def still_open(db: Database) -> int:
    async with db.transaction() as tx:
        return await open_tasks(tx)


async def test_a_task_noted_twice_before_it_is_done_is_one_task(db: Database, world: World) -> None:
    ref = uuid7()
    await note(db, world, ref)
    await note(db, world, ref)

    await Runner(world.tasks, db).run_due(now=clock.now())

    assert len(world.calls) == 1
    assert await still_open(db) == 0


async def test_what_is_rolled_back_is_never_called(db: Database, world: World) -> None:
    async with db.transaction() as tx:
        await world.tasks.add(tx, "call", ref=uuid7())
        await tx.rollback()

    assert await Runner(world.tasks, db).run_due(now=clock.now()) == 0


async def test_a_task_that_failed_is_tried_again_under_the_same_id(
    db: Database, world: World
) -> None:
    world.failures = 2
    await note(db, world, uuid7())
    runner, now = Runner(world.tasks, db), clock.now()

    for minutes in range(3):
        await runner.run_due(now=now + timedelta(minutes=minutes))

    assert len(world.calls) == 3
    assert len(set(world.calls)) == 1
    assert await still_open(db) == 0


async def test_many_runners_share_the_tasks_and_none_is_run_twice(
    db: Database, world: World
) -> None:
    for _ in range(12):
        await note(db, world, uuid7())
    now = clock.now()

    await asyncio.gather(*(Runner(world.tasks, db).run_due(now=now) for _ in range(6)))

    assert len(world.calls) == len(set(world.calls)) == 12


async def test_a_task_whose_process_died_is_taken_over_when_its_lease_ends(
    db: Database, world: World
) -> None:
    await note(db, world, uuid7())
    now = clock.now()
    dead, living = Runner(world.tasks, db), Runner(world.tasks, db)
    await dead._lease(now)  # noqa: SLF001, it took the task and was never seen again

    before = await living.run_due(now=now)
    after = await living.run_due(now=now + LEASE)

    assert (before, after) == (0, 1)


async def test_a_runner_outlives_a_pool_that_has_no_connection_left(
    db: Database, world: World
) -> None:
    """Requests that wait for a lock may hold all of them for a while."""
    crowded = Database(db.engine.url.render_as_string(hide_password=False), pool_size=2)
    crowded.engine.sync_engine.pool._timeout = 0.05  # type: ignore[attr-defined] # noqa: SLF001, 10 s
    async with AsyncExitStack() as held:
        for _ in range(3):
            await held.enter_async_context(crowded.engine.connect())
        running = asyncio.create_task(Runner(world.tasks, crowded).run())
        ended, _ = await asyncio.wait([running], timeout=0.5)
        assert not ended
    await note(db, world, uuid7())

    async def open_ones() -> int:
        return await still_open(db)

    await eventually(open_ones, lambda number: number == 0)
    running.cancel()
    await asyncio.wait([running])
    await crowded.engine.dispose()


async def test_a_result_counts_once_however_many_attempts_come_back(
    db: Database, world: World
) -> None:
    async with db.transaction() as tx:
        await world.tasks.add(tx, "call", ref=uuid7())
    [one] = await Runner(world.tasks, db)._lease(clock.now())  # noqa: SLF001, to hold it in hand

    async with db.transaction() as tx:
        first = await one.done(tx, now=clock.now())
        second = await one.done(tx, now=clock.now())

    assert (first, second) == (True, False)
