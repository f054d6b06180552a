"""HTTP routes of every service for staff: tasks that an outside system refused for good.

A task is shown by its kind and by the id of the row it is about: no name, no address, no words
of the outside system. Staff of a region see the tasks of their region only.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from events import ReasonCode, Region
from kit import clock
from kit.auth import Caller, NotSignedIn, WrongRole, staff
from kit.db import RequestDatabase, Transaction
from kit.errors import Conflict, NotFound
from kit.http import problems
from kit.paging import After, Limit, Page, UnknownCursor
from kit.tasks import work_list
from kit.tasks.work_list import State, Verdict, WorkListUser

router = APIRouter(prefix="/v1/work-list", tags=["work list"])


class NoSuchTask(NotFound):
    """This service has no such task for you to decide about."""


class NotListed(Conflict):
    """The task is not on the work list: it is done, or the service still tries it by itself."""


@dataclass(eq=False)
class DecidedOtherwise(Conflict):
    """Another decision stands about this task."""

    decision: Verdict
    decided_by: UUID
    decided_at: datetime


class ListedTask(BaseModel):
    """A task that waits for a person, or that fails and is still tried."""

    task_id: UUID
    kind: str
    ref: UUID = Field(description="The row it is about: a shipment, a refund, a message, ...")
    region: Region | None
    attempts: int
    reason_code: str | None = Field(description="Why it was refused for good")
    because: str | None = Field(description="The kind of the last error")
    listed_at: datetime | None
    next_try_at: datetime


class WorkListCounts(BaseModel):
    """The number of tasks of your regions in each state."""

    counts: dict[State, int]


class GiveUp(BaseModel):
    """The reason for giving a task up."""

    reason_code: ReasonCode


class Decided(BaseModel):
    """The decision about a task; repeating it changes nothing."""

    model_config = ConfigDict(from_attributes=True)

    task_id: UUID
    decision: Verdict
    reason_code: ReasonCode | None
    decided_by: UUID
    decided_at: datetime


def _user(
    caller: Annotated[Caller, Depends(staff("osp_staff", "region_manager", "admin", "sre"))],
) -> WorkListUser:
    return WorkListUser(caller.subject_id, caller.regions)


Worker = Annotated[WorkListUser, Depends(_user)]
_DENIED = (NotSignedIn, WrongRole)


@router.get(
    "",
    summary="Tasks a person must look at",
    responses=problems(UnknownCursor, *_DENIED),
)
async def list_work(
    user: Worker,
    tx: Transaction,
    state: Annotated[
        State, Query(description="LISTED: refused for good; FAILING: still tried by itself")
    ] = "LISTED",
    kind: Annotated[str | None, Query(max_length=100)] = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[ListedTask]:
    """List tasks that an outside system refused for good, with the reason, oldest first."""
    rows = await work_list.page(tx, user, state, kind, limit=limit + 1, after=after)
    items = [ListedTask.model_validate(dict(row)) for row in rows[:limit]]
    return Page(items=items, next=items[-1].task_id if len(rows) > limit else None)


@router.get("/counts", summary="How many tasks a person must look at", responses=problems(*_DENIED))
async def count_work(user: Worker, tx: Transaction) -> WorkListCounts:
    """Count the tasks on the list, and those that fail and are still tried."""
    return WorkListCounts(counts=await work_list.count_states(tx, user))


@router.post(
    "/{task_id}/retry",
    summary="Try a task again",
    responses=problems(NoSuchTask, NotListed, DecidedOtherwise, *_DENIED),
)
async def retry_task(task_id: UUID, user: Worker, db: RequestDatabase) -> Decided:
    """Let the service try a task again, because its cause has been mended."""
    async with db.transaction() as tx:
        await work_list.retry(tx, user, task_id, now=clock.now())
    return await _decided(db, user, task_id, "RETRIED")


@router.post(
    "/{task_id}/give-up",
    summary="Give a task up",
    responses=problems(NoSuchTask, NotListed, DecidedOtherwise, *_DENIED),
)
async def give_up_task(task_id: UUID, body: GiveUp, user: Worker, db: RequestDatabase) -> Decided:
    """Go on without a task, for a reason."""
    async with db.transaction() as tx:
        await work_list.give_up(tx, user, task_id, body.reason_code, now=clock.now())
    return await _decided(db, user, task_id, "GIVEN_UP")


async def _decided(
    db: RequestDatabase, user: WorkListUser, task_id: UUID, verdict: Verdict
) -> Decided:
    """Return the decision that stands, ours or a quicker colleague's; raise if it is another."""
    async with db.transaction() as tx:
        if not await work_list.exists(tx, user, task_id):
            raise NoSuchTask
        last = await work_list.last_decision(tx, task_id)
    if last is None:
        raise NotListed
    if last.decision != verdict:
        raise DecidedOtherwise(last.decision, last.decided_by, last.decided_at)
    return Decided.model_validate(last)
