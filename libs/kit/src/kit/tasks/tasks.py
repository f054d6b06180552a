"""Tasks, noted inside a transaction and handled outside of one."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import event as hooks
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events.ids import uuid7
from kit import clock
from kit.tasks.tables import task

if TYPE_CHECKING:
    from kit.db import Database, Tx


@dataclass(frozen=True)
class Task:
    """One call of an outside system. `id` is its idempotency key, the same at every attempt."""

    id: UUID
    kind: str
    ref: UUID
    data: dict[str, Any]
    attempts: int

    async def done(self, tx: "Tx", *, now: datetime) -> bool:
        """Mark the task done in the transaction that stores its result; False if it was before."""
        open_one = update(task).where(task.c.id == self.id, task.c.done_at.is_(None))
        ticked = await tx.execute(open_one.values(done_at=now).returning(task.c.id))
        return ticked.one_or_none() is not None


TaskHandler = Callable[[Task, "Database"], Awaitable[None]]
"""Makes the call of one task outside any transaction, then stores the result and `task.done`."""


@dataclass
class Tasks:
    """The task handlers of one service, by kind. A handler must end in `task.done`."""

    handlers: dict[str, TaskHandler] = field(default_factory=dict)
    noted: asyncio.Event = field(default_factory=asyncio.Event)
    """Set after the commit of a transaction that added a task."""

    def on(self, kind: str) -> Callable[[TaskHandler], TaskHandler]:
        """Handle tasks of this kind with the decorated function, outside any transaction."""
        assert kind not in self.handlers, f"{kind} has a handler already"

        def register(handler: TaskHandler) -> TaskHandler:
            self.handlers[kind] = handler
            return handler

        return register

    async def add(
        self,
        tx: "Tx",
        kind: str,
        *,
        ref: UUID,
        due_at: datetime | None = None,
        data: dict[str, Any] | None = None,
        region: str | None = None,
        anew: bool = False,
    ) -> None:
        """Add a task of a kind about the row `ref`, unless one is still open for the same two.

        One on the work list counts as open: only with `anew`, because its circumstances have
        changed, is it taken off the list and tried again. `region` says whose staff sees it there.
        """
        row = {
            "id": uuid7(),
            "kind": kind,
            "ref": ref,
            "data": data or {},
            "due_at": due_at or clock.now(),
            "region": region,
        }
        new = insert(task).values(row)
        if anew:
            again = {name: new.excluded[name] for name in ("data", "due_at")}
            await tx.execute(
                new.on_conflict_do_update(
                    index_elements=[task.c.kind, task.c.ref],
                    index_where=task.c.done_at.is_(None),
                    set_=again | {"listed_at": None, "reason_code": None, "attempts": 0},
                    where=task.c.listed_at.is_not(None),
                )
            )
        else:
            await tx.execute(new.on_conflict_do_nothing())
        tx.info[Tasks] = self


@hooks.listens_for(Session, "after_commit")
def _wake_the_runner(session: Session) -> None:
    if noted := session.info.pop(Tasks, None):
        noted.noted.set()


async def open_tasks(tx: "Tx") -> int:
    """Return the number of tasks that are not done yet."""
    return await tx.scalar(select(func.count()).where(task.c.done_at.is_(None))) or 0
