"""Decisions of staff about tasks that were refused for good: try again, or give up."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, insert, or_, select, update

from events import Region
from kit.paging import UnknownCursor
from kit.tasks.tables import task
from kit.tasks.tables import task_decision as decisions

if TYPE_CHECKING:
    from kit.db import Tx

State = Literal["LISTED", "FAILING"]
Verdict = Literal["RETRIED", "GIVEN_UP"]

_OPEN: Final = task.c.done_at.is_(None)
_STATES: Final[dict[State, ColumnElement[bool]]] = {
    "LISTED": and_(_OPEN, task.c.listed_at.is_not(None)),
    "FAILING": and_(_OPEN, task.c.listed_at.is_(None), task.c.last_error.is_not(None)),
}
_COLUMNS: Final = (
    task.c.id.label("task_id"),
    *(task.c[name] for name in ("kind", "ref", "region", "attempts", "listed_at", "reason_code")),
    task.c.last_error.label("because"),
    task.c.due_at.label("next_try_at"),
)


@dataclass(frozen=True)
class WorkListUser:
    """A member of staff who works on the list, and their regions (none: all)."""

    subject_id: UUID
    regions: AbstractSet[Region]

    @property
    def visible_tasks(self) -> ColumnElement[bool]:
        """Return the condition on tasks they may see; without a region it is head office's."""
        return task.c.region.in_(self.regions) if self.regions else or_(~false())


@dataclass(frozen=True)
class Decision:
    """A decision about a task on the list."""

    task_id: UUID
    decision: Verdict
    reason_code: str | None
    decided_by: UUID
    decided_at: datetime


async def page(
    tx: "Tx", user: WorkListUser, state: State, kind: str | None, *, limit: int, after: UUID | None
) -> list[Any]:
    """Return tasks that a person must look at, or that fail and are still tried, oldest first."""
    rows = select(*_COLUMNS).where(_STATES[state], user.visible_tasks)
    if kind is not None:
        rows = rows.where(task.c.kind == kind)
    if after is not None:
        await check_cursor(tx, user, after)
        rows = rows.where(task.c.id > after)
    return list((await tx.execute(rows.order_by(task.c.id).limit(limit))).mappings())


async def count_states(tx: "Tx", user: WorkListUser) -> dict[State, int]:
    """Count the tasks that this user may see, by state."""
    counts = [func.count().filter(condition).label(state) for state, condition in _STATES.items()]
    row = (await tx.execute(select(*counts).where(user.visible_tasks, _OPEN))).one()
    return {state: getattr(row, state) for state in _STATES}


async def check_cursor(tx: "Tx", user: WorkListUser, after: UUID) -> None:
    """Raise `UnknownCursor` for a task that is in no list of this user."""
    if not await exists(tx, user, after):
        raise UnknownCursor(after)


async def exists(tx: "Tx", user: WorkListUser, task_id: UUID) -> bool:
    """Tell whether this user may see a task, listed or not."""
    visible = select(task.c.id).where(task.c.id == task_id, user.visible_tasks)
    return await tx.scalar(visible) is not None


async def retry(tx: "Tx", user: WorkListUser, task_id: UUID, *, now: datetime) -> bool:
    """Take a task off the list and try it again; False if it is not on the list."""
    again = {"listed_at": None, "reason_code": None, "attempts": 0, "due_at": now}
    return await _decide(tx, user, task_id, "RETRIED", None, again, now=now)


async def give_up(
    tx: "Tx", user: WorkListUser, task_id: UUID, reason_code: str, *, now: datetime
) -> bool:
    """Take a task off the list for good; False if it is not on the list."""
    return await _decide(tx, user, task_id, "GIVEN_UP", reason_code, {"done_at": now}, now=now)


async def last_decision(tx: "Tx", task_id: UUID) -> Decision | None:
    """Return the last decision about a task."""
    columns = ("task_id", "decision", "reason_code", "decided_by", "decided_at")
    rows = select(*(decisions.c[name] for name in columns)).where(decisions.c.task_id == task_id)
    row = (await tx.execute(rows.order_by(decisions.c.id.desc()).limit(1))).one_or_none()
    return Decision(*row) if row else None


async def _decide(
    tx: "Tx",
    user: WorkListUser,
    task_id: UUID,
    decision: Verdict,
    reason_code: str | None,
    values: dict[str, Any],
    *,
    now: datetime,
) -> bool:
    listed = select(task.c.kind, task.c.ref, task.c.reason_code).where(
        task.c.id == task_id, _STATES["LISTED"], user.visible_tasks
    )
    row = (await tx.execute(listed.with_for_update())).one_or_none()
    if row is None:
        return False
    await tx.execute(update(task).where(task.c.id == task_id).values(values))
    await tx.execute(
        insert(decisions).values(
            task_id=task_id,
            kind=row.kind,
            ref=row.ref,
            refused_because=row.reason_code,
            decision=decision,
            reason_code=reason_code,
            decided_by=user.subject_id,
            decided_at=now,
        )
    )
    return True
