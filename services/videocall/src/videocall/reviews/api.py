"""HTTP: reading calls, and a supervisor's decisions about them (SD.2, G26, G28)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from events import ReasonCode
from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from kit.paging import After, Limit, Page, UnknownCursor
from videocall.accesses.commands import note_access
from videocall.agents.commands import be_seen
from videocall.calls.states import AlreadyRevoked, CallMoved, NoSuchCall, NotYourCall, Status
from videocall.desk.queries import DeskCall, desk_view
from videocall.evidence.queries import REVIEWERS, call_to_look_at
from videocall.journeys.domain import NoSuchHold, NotAtStore
from videocall.reviews import commands, queries
from videocall.settings import RequestSettings

router = APIRouter(prefix="/v1/desk", tags=["reviews"])

Manager = Annotated[Caller, Depends(staff("region_manager"))]
Reviewer = Annotated[Caller, Depends(staff("connection_officer", *REVIEWERS))]
Reader = Annotated[Caller, Depends(staff("call_agent", "connection_officer", *REVIEWERS))]


class Decision(BaseModel):
    """A supervisor's reason."""

    reason_code: ReasonCode


class Reopened(BaseModel):
    """A hold whose customer may go on by video call."""

    hold_id: UUID
    attempts_left: int
    reopened_at: datetime


@router.get("/calls", responses=problems(UnknownCursor, WrongRole))
async def read_calls(
    caller: Reviewer,
    tx: Transaction,
    hold_id: UUID | None = None,
    status: Status | None = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[DeskCall]:
    """List the calls of the caller's regions, the newest first: revoked ones, those of a hold.

    A connection officer sees approved and revoked ones.
    """
    now = clock.now()
    page = await queries.calls_to_review(
        tx, caller, hold_id=hold_id, status=status, after=after, limit=limit
    )
    return Page(items=[await desk_view(tx, call, now=now) for call in page.items], next=page.next)


@router.get("/calls/{call_id}", responses=problems(NoSuchCall, NotYourCall, WrongRole))
async def read_call(call_id: UUID, caller: Reader, tx: Transaction) -> DeskCall:
    """Show a call to its agent, or to those who review it; their look is written down."""
    now = clock.now()
    call = await call_to_look_at(tx, call_id, caller)
    if "call_agent" in caller.roles:
        await be_seen(tx, caller, now=now)
    if call.agent_id != caller.subject_id:
        await note_access(tx, call.hold_id, caller, "CALL", now=now)
    return await desk_view(tx, call, now=now)


@router.post(
    "/calls/{call_id}/revoke",
    responses=problems(NoSuchCall, CallMoved, AlreadyRevoked, WrongRole),
)
async def revoke(call_id: UUID, body: Decision, manager: Manager, tx: Transaction) -> DeskCall:
    """Take an approval back, the newest or an older one (G28)."""
    now = clock.now()
    call = await commands.revoke(tx, call_id, body.reason_code, manager=manager, now=now)
    return await desk_view(tx, call, now=now)


@router.post("/calls/{call_id}/release", responses=problems(NoSuchCall, CallMoved, WrongRole))
async def release(
    call_id: UUID, manager: Manager, tx: Transaction, settings: RequestSettings
) -> DeskCall:
    """Free a call that is in an agent's hand and going nowhere; the customer calls again first."""
    now = clock.now()
    call = await commands.release(tx, call_id, manager=manager, settings=settings, now=now)
    return await desk_view(tx, call, now=now)


@router.post("/holds/{hold_id}/reopen", responses=problems(NoSuchHold, NotAtStore, WrongRole))
async def reopen(
    hold_id: UUID, body: Decision, manager: Manager, tx: Transaction, settings: RequestSettings
) -> Reopened:
    """Let a customer who was sent to a store go on by video call; rejections count anew (G26)."""
    journey = await commands.let_back(
        tx, hold_id, body.reason_code, manager=manager, now=clock.now()
    )
    assert journey.let_back_at
    return Reopened(
        hold_id=hold_id,
        attempts_left=settings.rejections,
        reopened_at=journey.let_back_at,
    )
