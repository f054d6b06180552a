"""The runner of tasks: each kind has its own share, so that a failing kind delays no other."""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import structlog
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kit import clock
from kit.tasks.errors import PermanentError, is_passing
from kit.tasks.tables import task
from kit.tasks.tasks import Task, Tasks

if TYPE_CHECKING:
    from kit.db import Database

LEASE: Final = timedelta(seconds=30)
POLL_SECONDS: Final = 1.0
CONCURRENCY: Final = 8
"""Tasks of each kind that one process carries out at a time."""
MAX_PAUSE: Final = timedelta(minutes=5)
MAX_ATTEMPTS: Final = 20
"""After so many attempts that failed for an unknown reason a task goes to the work list."""
OUT_OF_ATTEMPTS: Final = "ATTEMPTS_EXHAUSTED"

log = structlog.get_logger()


class Runner:
    """Carries out due tasks. Any number may run: a task is leased to one of them at a time."""

    def __init__(self, tasks: Tasks, db: "Database") -> None:
        self._tasks, self._db = tasks, db
        self._busy: Counter[str] = Counter()

    async def run(self) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._tasks.noted.clear()
                try:
                    leased = await self._lease(clock.now())
                except (DBAPIError, PoolTimeout) as error:
                    log.warning("tasks_database_unavailable", error=type(error).__name__)
                    leased = []
                for leased_task in leased:
                    group.create_task(self._carry_out(leased_task))
                if not leased:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._tasks.noted.wait(), POLL_SECONDS)

    async def run_due(self, *, now: datetime) -> int:
        """Carry out what is due at `now`; return how many tasks were tried."""
        leased = await self._lease(now)
        async with asyncio.TaskGroup() as group:
            for leased_task in leased:
                group.create_task(self._carry_out(leased_task))
        return len(leased)

    async def _lease(self, now: datetime) -> list[Task]:
        leased: list[Task] = []
        async with self._db.transaction() as tx:
            waiting = select(task.c.kind).where(*_is_due(now)).distinct()
            for kind in sorted(self._tasks.handlers.keys() & set(await tx.scalars(waiting))):
                if free := CONCURRENCY - self._busy[kind]:
                    rows = await tx.execute(_leasing(kind, free, now))
                    leased += [Task(*row) for row in rows]
        self._busy.update(leased_task.kind for leased_task in leased)
        return leased

    async def _carry_out(self, leased: Task) -> None:
        try:
            async with asyncio.timeout(LEASE.total_seconds() * 0.8):
                await self._tasks.handlers[leased.kind](leased, self._db)
        except PermanentError as refusal:
            await self._list(leased, refusal, refusal.reason_code)
        except Exception as error:  # noqa: BLE001, of any kind: the task is not done
            if leased.attempts < MAX_ATTEMPTS or is_passing(error):
                await self._try_later(leased, error)
            else:
                await self._list(leased, error, OUT_OF_ATTEMPTS)
        finally:
            self._busy[leased.kind] -= 1
            self._tasks.noted.set()  # there is room for another of its kind

    async def _try_later(self, failed: Task, error: Exception) -> None:
        log.warning(
            "task_failed",
            kind=failed.kind,
            task_id=str(failed.id),
            attempts=failed.attempts,
            error=type(error).__name__,
        )
        pause = min(MAX_PAUSE, timedelta(seconds=0.5 * 2 ** min(failed.attempts, 12)))
        later = clock.now() + pause * random.uniform(0.8, 1.2)  # noqa: S311, spreads load
        await self._note(failed, error, due_at=later)

    async def _list(self, failed: Task, error: Exception, reason_code: str) -> None:
        log.error(
            "task_listed",
            kind=failed.kind,
            task_id=str(failed.id),
            reason_code=reason_code,
            error=type(error).__name__,
        )
        await self._note(failed, error, listed_at=clock.now(), reason_code=reason_code)

    async def _note(self, failed: Task, error: Exception, **values: Any) -> None:
        # The kind of the error, not its words: they may quote a person's name or address.
        values["last_error"] = type(error).__name__
        open_one = update(task).where(task.c.id == failed.id, task.c.done_at.is_(None))
        with suppress(DBAPIError, PoolTimeout):  # then the lease runs out by itself
            async with self._db.transaction() as tx:
                await tx.execute(open_one.values(values))


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (task.c.done_at.is_(None), task.c.listed_at.is_(None), task.c.due_at <= now)


def _leasing(kind: str, most: int, now: datetime) -> Any:
    due = (
        select(task.c.id)
        .where(task.c.kind == kind, *_is_due(now))
        # Those that failed before stand behind those that were not tried yet.
        .order_by(task.c.attempts, task.c.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    # The lease is a due time in the future: if this process dies, another takes over then.
    return (
        update(task)
        .where(task.c.id.in_(due.scalar_subquery()))
        .values(due_at=now + LEASE, attempts=task.c.attempts + 1)
        .returning(task.c.id, task.c.kind, task.c.ref, task.c.data, task.c.attempts)
    )
