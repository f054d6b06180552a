"""A refusal for good is listed, an outage is waited for, and a sick task harms no other."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DataError, IntegrityError

from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.errors import Unavailable
from kit.tasks import PermanentError, Runner, Task, Tasks, error_of
from kit.tasks import task as rows
from kit.tasks.runner import CONCURRENCY, MAX_ATTEMPTS, OUT_OF_ATTEMPTS


async def note(db: Database, tasks: Tasks, kind: str, ref: UUID, **more: Any) -> None:
    async with db.transaction() as tx:
        await tasks.add(tx, kind, ref=ref, **more)


async def row_of(db: Database, ref: UUID) -> Any:
    async with db.transaction() as tx:
        return (await tx.execute(select(rows).where(rows.c.ref == ref))).one()


def failing(error: Exception) -> tuple[Tasks, list[UUID]]:
    """Make tasks that meet the same error every time, and count the attempts."""
    tasks, calls = Tasks(), list[UUID]()

    @tasks.on("call")
    async def call(task: Task, _: Database) -> None:
        calls.append(task.ref)
        raise error

    return tasks, calls


async def attempt(db: Database, tasks: Tasks, times: int) -> None:
    for days in range(1, times + 1):
        await Runner(tasks, db).run_due(now=clock.now() + timedelta(days=days))


async def test_a_refusal_for_good_is_listed_with_its_reason_and_not_tried_again(
    db: Database,
) -> None:
    tasks, calls = failing(PermanentError("COD_ABOVE_LIMIT"))
    await note(db, tasks, "call", ref := uuid7())

    await attempt(db, tasks, 3)

    row = await row_of(db, ref)
    assert (len(calls), row.reason_code, row.done_at) == (1, "COD_ABOVE_LIMIT", None)
    assert row.listed_at is not None


async def test_an_outage_is_waited_for_however_long_it_takes(db: Database) -> None:
    for error in (Unavailable(), ConnectionResetError()):
        tasks, calls = failing(error)
        await note(db, tasks, "call", ref := uuid7())

        await attempt(db, tasks, MAX_ATTEMPTS + 3)

        assert (await row_of(db, ref)).listed_at is None
        assert calls.count(ref) == MAX_ATTEMPTS + 3


async def test_an_error_that_nobody_knows_is_listed_after_some_attempts(db: Database) -> None:
    """A bug, a value the database refuses, a task that never ends: it is about this row."""
    broken = ZeroDivisionError(), TimeoutError()
    refused = (kind("", None, Exception()) for kind in (DataError, IntegrityError))
    for error in (*broken, *refused):
        tasks, calls = failing(error)
        await note(db, tasks, "call", ref := uuid7())

        await attempt(db, tasks, MAX_ATTEMPTS + 3)

        row = await row_of(db, ref)
        assert (row.reason_code, calls.count(ref)) == (OUT_OF_ATTEMPTS, MAX_ATTEMPTS)


async def test_the_words_of_an_error_which_may_name_a_person_are_not_kept(db: Database) -> None:
    tasks, _ = failing(ValueError("Nguyễn Thị Mẫu, 12 Phố Thử"))
    await note(db, tasks, "call", ref := uuid7())

    await attempt(db, tasks, 1)

    assert (await row_of(db, ref)).last_error == "ValueError"


async def test_a_task_on_the_list_is_tried_again_only_if_its_circumstances_changed(
    db: Database,
) -> None:
    tasks, calls = failing(PermanentError("WRONG_ADDRESS"))
    await note(db, tasks, "call", ref := uuid7())
    await attempt(db, tasks, 1)

    await note(db, tasks, "call", ref)
    await attempt(db, tasks, 1)
    calls_after_repeating = len(calls)
    await note(db, tasks, "call", ref, anew=True, data={"address": "another"})
    await attempt(db, tasks, 1)

    assert (calls_after_repeating, len(calls)) == (1, 2)
    assert (await row_of(db, ref)).data == {"address": "another"}


async def test_a_kind_that_hangs_keeps_no_other_kind_waiting(db: Database) -> None:
    tasks, done, hang = Tasks(), asyncio.Event(), asyncio.Event()

    @tasks.on("hangs")
    async def hangs(_: Task, __: Database) -> None:
        await hang.wait()

    @tasks.on("works")
    async def works(_: Task, __: Database) -> None:
        done.set()

    for _ in range(2 * CONCURRENCY):
        await note(db, tasks, "hangs", uuid7())
    running = asyncio.create_task(Runner(tasks, db).run())
    await note(db, tasks, "works", uuid7())

    await asyncio.wait_for(done.wait(), 10)
    running.cancel()


async def test_one_task_that_hangs_keeps_none_of_its_own_kind_waiting(db: Database) -> None:
    tasks, hang, done = Tasks(), asyncio.Event(), asyncio.Semaphore(0)
    await note(db, tasks, "call", sick := uuid7())
    others = 2 * CONCURRENCY

    @tasks.on("call")
    async def call(task: Task, db: Database) -> None:
        if task.ref == sick:
            await hang.wait()
        async with db.transaction() as tx:
            await task.done(tx, now=clock.now())
        done.release()

    for _ in range(others):
        await note(db, tasks, "call", uuid7())
    running = asyncio.create_task(Runner(tasks, db).run())

    async with asyncio.timeout(10):
        for _ in range(others):
            await done.acquire()
    running.cancel()


async def test_those_that_failed_stand_behind_those_that_were_not_tried(db: Database) -> None:
    tasks, calls = failing(Unavailable())
    for _ in range(CONCURRENCY):
        await note(db, tasks, "call", uuid7())
    async with db.transaction() as tx:  # they have failed often, and are overdue
        await tx.execute(update(rows).values(attempts=9, due_at=clock.now() - timedelta(hours=1)))
    await note(db, tasks, "call", fresh := uuid7())

    await Runner(tasks, db).run_due(now=clock.now())

    assert fresh in calls


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, PermanentError), (422, PermanentError), (404, PermanentError)]
    + [(status, Unavailable) for status in (401, 403, 408, 425, 429, 500, 502, 503, 504)],
)
def test_an_answer_of_http_says_whether_waiting_helps(
    status: int, kind: Callable[[], Exception]
) -> None:
    assert isinstance(error_of(status), kind)  # type: ignore[arg-type]
