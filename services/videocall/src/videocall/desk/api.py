"""The agents' desk (SB.3.3a, SD.1, SD.2, P5.1)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from events import ReasonCode
from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from kit.images import JpegBody, NotAPicture
from kit.paging import Limit
from videocall import queries
from videocall.calls.states import (
    AgentBusy,
    CallMoved,
    CheckReplaced,
    NoSuchCall,
    NotApprovable,
    NotYourCall,
    UnknownReason,
)
from videocall.desk import commands
from videocall.evidence.domain import Checklist, PhotoKind
from videocall.journeys.domain import NotReady
from videocall.parts import With
from videocall.queries import DeskCall, Queue

router = APIRouter(prefix="/v1/desk", tags=["desk"])

Agent = Annotated[Caller, Depends(staff("call_agent"))]
Desk = Annotated[Caller, Depends(staff("call_agent", "region_manager"))]
Manager = Annotated[Caller, Depends(staff("region_manager"))]


class Ticks(BaseModel):
    """What the agent compared with the record; every line has to be ticked."""

    id_number: bool = False
    full_name: bool = False
    date_of_birth: bool = False
    face: bool = False
    same_person: bool = False


class Approval(BaseModel):
    """The agent's tick list."""

    checklist: Ticks


class Rejection(BaseModel):
    """Why the agent says no; the note stays sealed inside."""

    reason_code: ReasonCode
    note: str | None = Field(None, max_length=500)


class Technical(BaseModel):
    """Why the call could not be held."""

    reason_code: ReasonCode = "TECHNICAL"


class Revocation(BaseModel):
    """Why an approval is taken back."""

    reason_code: ReasonCode


@router.get("/queue", responses=problems(WrongRole))
async def read_queue(who: Desk, tx: Transaction, limit: Limit = 50) -> Queue:
    """Show who waits for the caller's teams, in the order of answering."""
    now = clock.now()
    if "call_agent" in who.roles:
        await commands.be_seen(tx, who, now=now)
    return await queries.queue(tx, who, limit=limit, now=now)


@router.post(
    "/next",
    response_model=DeskCall,
    responses=problems(WrongRole, AgentBusy) | {204: {"description": "Nobody waits"}},
)
async def take_next(who: Agent, tx: Transaction) -> DeskCall | Response:
    """Answer the next call of the caller's teams; a call in hand is shown again."""
    now = clock.now()
    call = await commands.next_call(tx, who, now=now)
    return await queries.desk_view(tx, call, now=now) if call else Response(status_code=204)


@router.get("/calls/{call_id}", responses=problems(NoSuchCall, WrongRole))
async def read_call(call_id: UUID, who: Desk, tx: Transaction) -> DeskCall:
    """Show a call of the caller's regions."""
    call = await queries.desk_call_of(tx, call_id, who)
    return await queries.desk_view(tx, call, now=clock.now())


@router.post(
    "/calls/{call_id}/photos/{kind}",
    status_code=201,
    responses=problems(NoSuchCall, NotYourCall, CallMoved, NotAPicture, WrongRole),
)
async def keep_photo(
    call_id: UUID, kind: PhotoKind, picture: JpegBody, who: Agent, tx: Transaction, use: With
) -> DeskCall:
    """Keep a still of the card, the face or the SIM (P5.1)."""
    now = clock.now()
    call = await commands.keep_photo(
        tx, call_id, kind, picture, agent=who, sealer=use.sealer, now=now
    )
    return await queries.desk_view(tx, call, now=now)


@router.get(
    "/calls/{call_id}/photos/{kind}",
    response_class=Response,
    responses=problems(NoSuchCall, WrongRole)
    | {200: {"description": "The still", "content": {"image/jpeg": {}}}},
)
async def read_photo(
    call_id: UUID, kind: PhotoKind, who: Desk, tx: Transaction, use: With
) -> Response:
    """Show the newest still of a kind, opened for this look only; the look is written down."""
    call = await queries.desk_call_of(tx, call_id, who)
    picture = await queries.photo_of(tx, call, kind, use.sealer)
    await commands.note_access(tx, call.hold_id, who, f"PHOTO:{kind}", now=clock.now())
    return Response(picture, media_type="image/jpeg", headers={"Cache-Control": "no-store"})


@router.post(
    "/calls/{call_id}/approve",
    responses=problems(
        NoSuchCall, NotYourCall, CallMoved, CheckReplaced, NotApprovable, NotReady, WrongRole
    ),
)
async def approve(call_id: UUID, body: Approval, who: Agent, tx: Transaction) -> DeskCall:
    """Confirm that the person is who the record says (F5a.8 TH2, F5b.7 TH2)."""
    now = clock.now()
    checklist = Checklist(**body.checklist.model_dump())
    call = await commands.approve(tx, call_id, checklist, agent=who, now=now)
    return await queries.desk_view(tx, call, now=now)


@router.post(
    "/calls/{call_id}/reject",
    responses=problems(NoSuchCall, NotYourCall, CallMoved, UnknownReason, WrongRole),
)
async def reject(
    call_id: UUID, body: Rejection, who: Agent, tx: Transaction, use: With
) -> DeskCall:
    """Say no, and by the reason which step to repeat (F5a.8 TH1, F5b.7 TH1)."""
    now = clock.now()
    call = await commands.reject(
        tx,
        call_id,
        body.reason_code,
        body.note,
        agent=who,
        means=(use.sealer, use.settings),
        now=now,
    )
    return await queries.desk_view(tx, call, now=now)


@router.post(
    "/calls/{call_id}/drop",
    responses=problems(NoSuchCall, NotYourCall, CallMoved, WrongRole),
)
async def drop(call_id: UUID, who: Agent, tx: Transaction) -> DeskCall:
    """Note that the line broke, and wait for the customer a while."""
    now = clock.now()
    call = await commands.drop(tx, call_id, agent=who, now=now)
    return await queries.desk_view(tx, call, now=now)


@router.post(
    "/calls/{call_id}/technical",
    responses=problems(NoSuchCall, NotYourCall, CallMoved, UnknownReason, WrongRole),
)
async def end_for_technical_reasons(
    call_id: UUID, who: Agent, tx: Transaction, body: Technical | None = None
) -> DeskCall:
    """End a call that could not be held; the customer calls again first in line."""
    now = clock.now()
    reason = (body or Technical()).reason_code
    call = await commands.end_for_technical_reasons(tx, call_id, reason, agent=who, now=now)
    return await queries.desk_view(tx, call, now=now)


@router.post("/calls/{call_id}/revoke", responses=problems(NoSuchCall, CallMoved, WrongRole))
async def revoke(call_id: UUID, body: Revocation, who: Manager, tx: Transaction) -> DeskCall:
    """Take an approval back."""
    now = clock.now()
    call = await commands.revoke(tx, call_id, body.reason_code, manager=who, now=now)
    return await queries.desk_view(tx, call, now=now)
