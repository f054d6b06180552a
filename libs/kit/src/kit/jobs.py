"""Jobs run by the clock, on every replica at once: each takes its rows with SKIP LOCKED."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import structlog
from sqlalchemy import Select, exists

from kit import clock
from kit.tasks import Task, TaskHandler, Tasks, task
from kit.tasks.errors import is_passing

if TYPE_CHECKING:
    from kit.db import Database, Tx

BATCH: Final = 100
FIRST_PAUSE: Final = timedelta(seconds=5)

log = structlog.get_logger()

Work = Callable[["Database", datetime], Awaitable[int]]
"""Does one batch of what is due at a moment and returns how much it did."""
Due = Callable[[datetime], Select[UUID]]
"""Selects the ids of the rows that are due at a moment, the most urgent first."""
DueByRows = Callable[["Tx", datetime], Awaitable[Select[UUID]]]
"""Reads what decides it, and selects the ids of the rows that are due at a moment."""
RowWork = Callable[["Tx", UUID, datetime], Awaitable[None]]
"""Does what is due about one row, which is locked; afterwards the row is not due any more."""


@dataclass(frozen=True)
class Job:
    """A function that is called every so many seconds, and again at once while it finds work."""

    name: str
    every_seconds: float
    work: Work

    async def run(self, db: "Database") -> None:
        """Work until cancelled; an error is logged as `job_failed`, and the job goes on."""
        while True:
            try:
                did = await self.work(db, clock.now())
            except Exception as error:  # noqa: BLE001, a job must outlive a bad minute
                log.error("job_failed", job=self.name, error=type(error).__name__)  # noqa: TRY400
                did = 0
            if not did:
                await asyncio.sleep(self.every_seconds)


def by_clock(due: Due) -> DueByRows:
    """Return a selection that reads nothing as one that might."""

    async def select_due(_: "Tx", now: datetime) -> Select[UUID]:
        return due(now)

    return select_due


@dataclass(frozen=True)
class EachRow:
    """Work about rows, each in a transaction of its own.

    A row whose work raises becomes a task of the job's name: it is tried again with growing
    pauses and ends on the work list, while the job goes on with the other rows.
    """

    name: str
    due: DueByRows
    work: RowWork

    async def batch(self, db: "Database", now: datetime) -> int:
        """Work on rows that are due, and return how many went well."""
        did = 0
        for _ in range(BATCH):
            row_id = None
            try:
                async with db.transaction() as tx:
                    row_id = await tx.scalar(await self._next(tx, now))
                    if row_id is None:
                        break
                    await self.work(tx, row_id, now)
                did += 1
            except Exception as error:
                if row_id is None or is_passing(error):
                    raise
                await self._set_aside(db, row_id, error)
        return did

    async def handle(self, row: Task, db: "Database") -> None:
        """Try a row again that failed, if it is still due."""
        async with db.transaction() as tx:
            now = clock.now()
            due, column = await self._due(tx, now)
            if await tx.scalar(due.where(column == row.ref)) is not None:
                await self.work(tx, row.ref, now)
            await row.done(tx, now=now)

    async def _next(self, tx: "Tx", now: datetime) -> Select[UUID]:
        due, column = await self._due(tx, now)
        resting = exists().where(
            task.c.kind == self.name, task.c.ref == column, task.c.done_at.is_(None)
        )
        return due.where(~resting).limit(1)

    async def _due(self, tx: "Tx", now: datetime) -> tuple[Select[UUID], Any]:
        due = await self.due(tx, now)
        [column] = due.selected_columns
        return due.with_for_update(skip_locked=True, of=column.table), column

    async def _set_aside(self, db: "Database", row_id: UUID, error: Exception) -> None:
        log.error("job_row_failed", job=self.name, ref=str(row_id), error=type(error).__name__)
        async with db.transaction() as tx:
            await Tasks().add(tx, self.name, ref=row_id, due_at=clock.now() + FIRST_PAUSE)


@dataclass
class Jobs:
    """The jobs of one service, and the task handlers that try failed rows again."""

    all: list[Job] = field(default_factory=list)
    handlers: dict[str, TaskHandler] = field(default_factory=dict)

    def every(self, seconds: float) -> Callable[[Work], Work]:
        """Run the decorated function every so many seconds, or at once again while it has work."""

        def register(work: Work) -> Work:
            self.all.append(Job(getattr(work, "__name__", "job"), seconds, work))
            return work

        return register

    def each_row(self, seconds: float, due: Due) -> Callable[[RowWork], RowWork]:
        """Run the decorated function for every row that is due, each in its own transaction."""
        return self.each_row_found(seconds, by_clock(due))

    def each_row_found(self, seconds: float, due: DueByRows) -> Callable[[RowWork], RowWork]:
        """Do as `each_row` where it takes other rows to tell which are due."""

        def register(work: RowWork) -> RowWork:
            rows = EachRow(getattr(work, "__name__", "job"), due, work)
            self.all.append(Job(rows.name, seconds, rows.batch))
            self.handlers[rows.name] = rows.handle
            return work

        return register
