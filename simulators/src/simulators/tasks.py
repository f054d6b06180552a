"""Tasks, done after the commit that noted them: callbacks, settlements, connections."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import structlog
from sqlalchemy import Index, func, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from events.ids import uuid7
from kit.db import Database, Tx
from simulators.tables import Base

TRIES: Final = 20
PAUSES_SECONDS: Final = (0.2, 1.0, 5.0)
HAS_TASKS: Final = "has tasks"
_IDLE_SECONDS: Final = 1.0
_BATCH: Final = 100

log = structlog.get_logger()


class TaskState(StrEnum):
    """The state of a task."""

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    GIVEN_UP = "GIVEN_UP"
    LOST = "LOST"


class Task(Base):
    """A task. Tasks of one lane are done one at a time, the earliest due first."""

    __tablename__ = "chores"
    __table_args__ = (
        Index("chores_due_idx", "due_at", postgresql_where=text("state = 'WAITING'")),
        Index("chores_lane_idx", "lane"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    lane: Mapped[str]
    payload: Mapped[dict[str, Any]]
    state: Mapped[str]
    held: Mapped[bool]
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    attempts: Mapped[int]
    last_answer: Mapped[str]


@dataclass(frozen=True)
class Attempt:
    """The result of an attempt: done, or to be tried again."""

    done: bool
    answer: str = ""


Handler = Callable[[Task], Awaitable[Attempt]]


class TaskQueue:
    """Does the tasks that are due. Each is a row before it is done, so a restart loses nothing."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._handlers: dict[str, Handler] = {}
        self._wake = asyncio.Event()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._watched: dict[str, asyncio.Event] = {}
        self._some_unfinished = True

    def handle(self, kind: str, handler: Handler) -> None:
        """Register the handler of a kind of tasks."""
        self._handlers[kind] = handler

    def add(
        self,
        tx: Tx,
        kind: str,
        *,
        lane: str,
        payload: dict[str, Any],
        after_seconds: float = 0,
        held: bool = False,
        state: TaskState = TaskState.WAITING,
    ) -> Task:
        """Note a task. It is begun after, and only if, the transaction commits."""
        now = datetime.now(UTC)  # the true time: moving the clock must not hold work back
        task = Task(
            id=str(uuid7()),
            kind=kind,
            lane=lane,
            payload=payload,
            state=state,
            held=held,
            due_at=now + timedelta(seconds=after_seconds),
            created_at=now,
            attempts=0,
            last_answer="",
        )
        tx.add(task)
        tx.info[HAS_TASKS] = True
        return task

    async def postpone_held(self, tx: Tx, lane: str, seconds: float) -> None:
        """Make the tasks that were held back in a lane due in `seconds`."""
        held = update(Task).where(Task.lane == lane, Task.held, Task.state == TaskState.WAITING)
        due_at = datetime.now(UTC) + timedelta(seconds=seconds)
        await tx.execute(held.values(due_at=due_at, held=False))
        tx.info[HAS_TASKS] = True

    def wake(self) -> None:
        """Look for due tasks now instead of in a moment."""
        self._wake.set()

    def watch(self, task: Task) -> asyncio.Event:
        """Return an event that is set when the task has been tried once."""
        return self._watched.setdefault(task.id, asyncio.Event())

    async def run(self) -> None:
        """Do due tasks until cancelled; a database that is down is waited for."""
        try:
            while True:
                pause = _IDLE_SECONDS
                try:
                    self._wake.clear()
                    await self._take_back_unfinished()
                    await self._begin_due()
                    pause = await self._seconds_to_next()
                except (SQLAlchemyError, OSError) as error:
                    log.warning("tasks_paused", because=type(error).__name__)
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._wake.wait()
        finally:
            tasks = list(self._running.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _take_back_unfinished(self) -> None:
        """Begin again what a stopped process or a broken database connection has left."""
        if not self._some_unfinished:
            return
        async with self._db.transaction() as tx:
            left = update(Task).where(
                Task.state == TaskState.RUNNING, Task.lane.not_in(list(self._running))
            )
            await tx.execute(left.values(state=TaskState.WAITING))
        self._some_unfinished = False

    async def _begin_due(self) -> None:
        async with self._db.transaction() as tx:
            due = select(Task).where(
                Task.state == TaskState.WAITING,
                Task.due_at <= datetime.now(UTC),
                Task.lane.not_in(list(self._running)),
            )
            due_tasks = await tx.scalars(due.order_by(Task.due_at, Task.id).limit(_BATCH))
            first_of_lane: dict[str, Task] = {}
            for task in due_tasks:
                first_of_lane.setdefault(task.lane, task)
            for task in first_of_lane.values():
                task.state, task.attempts = TaskState.RUNNING, task.attempts + 1
        for lane, task in first_of_lane.items():
            self._running[lane] = asyncio.create_task(self._do(task))

    async def _seconds_to_next(self) -> float:
        async with self._db.transaction() as tx:
            waiting = select(func.min(Task.due_at)).where(
                Task.state == TaskState.WAITING, Task.lane.not_in(list(self._running))
            )
            due_at = await tx.scalar(waiting)
        if due_at is None:
            return _IDLE_SECONDS
        return min(max((due_at - datetime.now(UTC)).total_seconds(), 0.001), _IDLE_SECONDS)

    async def _do(self, task: Task) -> None:
        try:
            try:
                tried = await self._handlers[task.kind](task)
            except Exception as error:  # noqa: BLE001, one bad task must not stop the others
                tried = Attempt(done=False, answer=type(error).__name__)
            await self._write_down(task, tried)
        except (SQLAlchemyError, OSError) as error:
            log.warning("task_result_not_saved", task=task.id, because=type(error).__name__)
            self._some_unfinished = True
        finally:
            self._running.pop(task.lane, None)
            if watcher := self._watched.pop(task.id, None):
                watcher.set()
            self.wake()

    async def _write_down(self, task: Task, tried: Attempt) -> None:
        values: dict[str, Any] = {"last_answer": tried.answer[:200].replace("\x00", "")}
        if tried.done:
            values["state"] = TaskState.DONE
        elif task.attempts >= TRIES:
            values["state"] = TaskState.GIVEN_UP
        else:
            pause = PAUSES_SECONDS[min(task.attempts, len(PAUSES_SECONDS)) - 1]
            due_at = datetime.now(UTC) + timedelta(seconds=pause)
            values |= {"state": TaskState.WAITING, "due_at": due_at}
        async with self._db.transaction() as tx:
            await tx.execute(update(Task).where(Task.id == task.id).values(**values))
