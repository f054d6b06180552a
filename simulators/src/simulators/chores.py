"""Work that must happen later and must not be forgotten: callbacks, settlements, connections."""

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
WAKES: Final = "has chores"
_IDLE_SECONDS: Final = 1.0
_BATCH: Final = 100

log = structlog.get_logger()


class State(StrEnum):
    """Where a chore stands."""

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    GIVEN_UP = "GIVEN_UP"
    LOST = "LOST"


class Chore(Base):
    """Something to do. Chores of one lane are done one at a time, the earliest due first."""

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
class Tried:
    """How it went: done, or to be tried again."""

    done: bool
    answer: str = ""


Handler = Callable[[Chore], Awaitable[Tried]]


class Chores:
    """Does what is due. Everything is a row before it is done, so a restart loses nothing."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._handlers: dict[str, Handler] = {}
        self._wake = asyncio.Event()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._watched: dict[str, asyncio.Event] = {}
        self._some_unfinished = True

    def handle(self, kind: str, handler: Handler) -> None:
        """Say who does chores of a kind."""
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
        state: State = State.WAITING,
    ) -> Chore:
        """Write down something to do. It is begun after, and only if, the transaction commits."""
        now = datetime.now(UTC)  # the true time: moving the clock must not hold work back
        chore = Chore(
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
        tx.add(chore)
        tx.info[WAKES] = True
        return chore

    async def postpone_held(self, tx: Tx, lane: str, seconds: float) -> None:
        """Let what was held back in a lane follow in a moment."""
        held = update(Chore).where(Chore.lane == lane, Chore.held, Chore.state == State.WAITING)
        due_at = datetime.now(UTC) + timedelta(seconds=seconds)
        await tx.execute(held.values(due_at=due_at, held=False))
        tx.info[WAKES] = True

    def wake(self) -> None:
        """Look now instead of in a moment."""
        self._wake.set()

    def watch(self, chore: Chore) -> asyncio.Event:
        """Give a flag that goes up when the chore has been tried once."""
        return self._watched.setdefault(chore.id, asyncio.Event())

    async def run(self) -> None:
        """Do what is due until cancelled; a database that is away is waited for."""
        try:
            while True:
                pause = _IDLE_SECONDS
                try:
                    self._wake.clear()
                    await self._take_back_unfinished()
                    await self._begin_due()
                    pause = await self._seconds_to_next()
                except (SQLAlchemyError, OSError) as error:
                    log.warning("chores_wait", because=type(error).__name__)
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
            left = update(Chore).where(
                Chore.state == State.RUNNING, Chore.lane.not_in(list(self._running))
            )
            await tx.execute(left.values(state=State.WAITING))
        self._some_unfinished = False

    async def _begin_due(self) -> None:
        async with self._db.transaction() as tx:
            due = select(Chore).where(
                Chore.state == State.WAITING,
                Chore.due_at <= datetime.now(UTC),
                Chore.lane.not_in(list(self._running)),
            )
            found = await tx.scalars(due.order_by(Chore.due_at, Chore.id).limit(_BATCH))
            first_of_lane: dict[str, Chore] = {}
            for chore in found:
                first_of_lane.setdefault(chore.lane, chore)
            for chore in first_of_lane.values():
                chore.state, chore.attempts = State.RUNNING, chore.attempts + 1
        for lane, chore in first_of_lane.items():
            self._running[lane] = asyncio.create_task(self._do(chore))

    async def _seconds_to_next(self) -> float:
        async with self._db.transaction() as tx:
            waiting = select(func.min(Chore.due_at)).where(
                Chore.state == State.WAITING, Chore.lane.not_in(list(self._running))
            )
            due_at = await tx.scalar(waiting)
        if due_at is None:
            return _IDLE_SECONDS
        return min(max((due_at - datetime.now(UTC)).total_seconds(), 0.001), _IDLE_SECONDS)

    async def _do(self, chore: Chore) -> None:
        try:
            try:
                tried = await self._handlers[chore.kind](chore)
            except Exception as error:  # noqa: BLE001, one bad chore must not stop the others
                tried = Tried(done=False, answer=type(error).__name__)
            await self._write_down(chore, tried)
        except (SQLAlchemyError, OSError) as error:
            log.warning("chore_unwritten", chore=chore.id, because=type(error).__name__)
            self._some_unfinished = True
        finally:
            self._running.pop(chore.lane, None)
            if watcher := self._watched.pop(chore.id, None):
                watcher.set()
            self.wake()

    async def _write_down(self, chore: Chore, tried: Tried) -> None:
        values: dict[str, Any] = {"last_answer": tried.answer[:200].replace("\x00", "")}
        if tried.done:
            values["state"] = State.DONE
        elif chore.attempts >= TRIES:
            values["state"] = State.GIVEN_UP
        else:
            pause = PAUSES_SECONDS[min(chore.attempts, len(PAUSES_SECONDS)) - 1]
            due_at = datetime.now(UTC) + timedelta(seconds=pause)
            values |= {"state": State.WAITING, "due_at": due_at}
        async with self._db.transaction() as tx:
            await tx.execute(update(Chore).where(Chore.id == chore.id).values(**values))
