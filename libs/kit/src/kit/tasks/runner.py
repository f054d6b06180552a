"""Noting tasks inside a transaction, and carrying them out outside of one."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import structlog
from sqlalchemy import event as hooks
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from events.ids import uuid7
from kit import clock
from kit.tasks.tables import task

if TYPE_CHECKING:
    from kit.db import Database, Tx

LEASE: Final = timedelta(seconds=30)
POLL_SECONDS: Final = 1.0
AT_ONCE: Final = 8
LONGEST_PAUSE: Final = timedelta(minutes=5)

log = structlog.get_logger()


@dataclass(frozen=True)
class Task:
    """One errand in the outside world. `id` is its idempotency key, the same at every attempt."""

    id: UUID
    kind: str
    ref: UUID
    data: dict[str, Any]
    attempts: int

    async def done(self, tx: "Tx", *, now: datetime) -> bool:
        """Tick the task off in the transaction that records its result; False if it was before."""
        open_one = update(task).where(task.c.id == self.id, task.c.done_at.is_(None))
        ticked = await tx.execute(open_one.values(done_at=now).returning(task.c.id))
        return ticked.one_or_none() is not None


Errand = Callable[[Task, "Database"], Awaitable[None]]


@dataclass
class Tasks:
    """The errands of one service, by kind. A kind's function must end in `task.done`."""

    errands: dict[str, Errand] = field(default_factory=dict)
    noted: asyncio.Event = field(default_factory=asyncio.Event)

    def on(self, kind: str) -> Callable[[Errand], Errand]:
        """Carry out tasks of this kind with the decorated function, outside any transaction."""
        assert kind not in self.errands, f"{kind} has an errand already"

        def register(errand: Errand) -> Errand:
            self.errands[kind] = errand
            return errand

        return register

    async def add(
        self,
        tx: "Tx",
        kind: str,
        *,
        ref: UUID,
        due_at: datetime | None = None,
        data: dict[str, Any] | None = None,
    ) -> None:
        """Note an errand about `ref`; one that is still open for the same `ref` is enough."""
        row = {
            "id": uuid7(),
            "kind": kind,
            "ref": ref,
            "data": data or {},
            "due_at": due_at or clock.now(),
        }
        await tx.execute(insert(task).values(row).on_conflict_do_nothing())
        tx.info[Tasks] = self


@hooks.listens_for(Session, "after_commit")
def _wake_the_runner(session: Session) -> None:
    if noted := session.info.pop(Tasks, None):
        noted.noted.set()


class Runner:
    """Carries out what is due. Any number may run: a task is leased to one of them at a time."""

    def __init__(self, tasks: Tasks, db: "Database") -> None:
        self._tasks, self._db = tasks, db

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            self._tasks.noted.clear()
            try:
                worked = await self.run_due(now=clock.now())
            except DBAPIError as error:
                log.warning("tasks_wait", because=type(error).__name__)
                worked = 0
            if not worked:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._tasks.noted.wait(), POLL_SECONDS)

    async def run_due(self, *, now: datetime) -> int:
        """Carry out what is due at `now`; return how many tasks were tried."""
        leased = await self._lease(now)
        async with asyncio.TaskGroup() as group:
            for one in leased:
                group.create_task(self._carry_out(one))
        return len(leased)

    async def _lease(self, now: datetime) -> list[Task]:
        due = (
            select(task.c.id)
            .where(task.c.done_at.is_(None), task.c.due_at <= now)
            .order_by(task.c.due_at)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        # The lease is a due time in the future: if this process dies, another takes over then.
        leased = (
            update(task)
            .where(task.c.id.in_(due.scalar_subquery()))
            .values(due_at=now + LEASE, attempts=task.c.attempts + 1)
            .returning(task.c.id, task.c.kind, task.c.ref, task.c.data, task.c.attempts)
        )
        async with self._db.transaction() as tx:
            return [Task(*row) for row in await tx.execute(leased)]

    async def _carry_out(self, one: Task) -> None:
        try:
            async with asyncio.timeout(LEASE.total_seconds() * 0.8):
                await self._tasks.errands[one.kind](one, self._db)
        except Exception as error:  # noqa: BLE001, whatever it was, the errand is not done
            await self._try_later(one, error)

    async def _try_later(self, one: Task, error: Exception) -> None:
        log.warning(
            "task_failed",
            kind=one.kind,
            task_id=str(one.id),
            attempts=one.attempts,
            because=type(error).__name__,
        )
        pause = min(LONGEST_PAUSE, timedelta(seconds=0.5 * 2 ** min(one.attempts, 12)))
        later = clock.now() + pause * random.uniform(0.8, 1.2)  # noqa: S311, spreads load
        open_one = update(task).where(task.c.id == one.id, task.c.done_at.is_(None))
        with suppress(DBAPIError):  # then the lease runs out by itself
            async with self._db.transaction() as tx:
                await tx.execute(open_one.values(due_at=later, last_error=repr(error)[:500]))


async def open_tasks(tx: "Tx") -> int:
    """Return how many errands are not done yet."""
    return await tx.scalar(select(func.count()).where(task.c.done_at.is_(None))) or 0
