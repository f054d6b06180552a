"""HTTP: the agents' desk (SB.3.3a, SD.1, SD.2, P5.1)."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from events import ReasonCode
from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.dependencies import RequestSealer, from_app
from kit.http import problems
from kit.paging import Limit
from videocall.agents.commands import AtDesk, be_seen
from videocall.agents.domain import OfferOver
from videocall.calls.states import (
    NEEDED,
    REJECTIONS,
    RETRIES,
    CallMoved,
    Checklist,
    CheckReplaced,
    NoSuchCall,
    NotApprovable,
    NotYourCall,
    PhotoKind,
    Repeat,
    UnknownReason,
)
from videocall.desk import commands
from videocall.desk.commands import Note
from videocall.desk.domain import LINES, PHOTOS, REASONS
from videocall.desk.queries import DeskCall, Queue, desk_view, queue
from videocall.journeys.domain import NotReady
from videocall.offers import commands as offers
from videocall.settings import RequestSettings
from videocall.signalling.commands import Signalling

router = APIRouter(prefix="/v1/desk", tags=["desk"])

READERS: Final = ("call_agent", "connection_officer", "region_manager", "auditor")
CallAgent = Annotated[Caller, Depends(staff("call_agent"))]
RequestSignalling = Annotated[Signalling, from_app(Signalling)]
AgentOrManager = Annotated[Caller, Depends(staff("call_agent", "region_manager"))]


class Reply(BaseModel):
    """The offer that an agent replies to, by the epoch that the queue showed with it."""

    epoch: int = Field(ge=1, le=2**31 - 1)


class Ticks(BaseModel):
    """The lines that the agent compared with the record; every one has to be ticked."""

    id_number: bool = False
    full_name: bool = False
    date_of_birth: bool = False
    face: bool = False
    same_person: bool = False


class Approval(BaseModel):
    """The agent's tick list, and the epoch of the call that was ticked."""

    checklist: Ticks
    epoch: int = Field(ge=1, le=2**31 - 1)


class Rejection(BaseModel):
    """The agent's reason to say no; the note stays sealed inside."""

    reason_code: ReasonCode
    note: Note | None = None


class Technical(BaseModel):
    """The reason for which the call could not be held."""

    reason_code: ReasonCode = "TECHNICAL"


class Line(BaseModel):
    """A line of the checklist."""

    name: str
    text_vi: str


class Photo(BaseModel):
    """A kind of still, and whether a call can be approved without it."""

    kind: PhotoKind
    text_vi: str
    needed: bool


class Reason(BaseModel):
    """A reason for which calls end, and the step that it sends the customer back to."""

    code: ReasonCode
    text_vi: str
    repeat: Repeat


class Form(BaseModel):
    """The parts of a decision, in the words of staff."""

    photos: list[Photo]
    checklist: list[Line]
    rejections: list[Reason]
    technical: list[Reason]
    """Reasons without a verdict: the customer calls again."""


@router.get("/form", dependencies=[Depends(staff(*READERS))], responses=problems(WrongRole))
async def read_form() -> Form:
    """Show what is photographed, ticked and answered at the desk (SD.2, P5.1)."""
    return Form(
        photos=[
            Photo(kind=kind, text_vi=words, needed=kind in NEEDED) for kind, words in PHOTOS.items()
        ],
        checklist=[Line(name=name, text_vi=words) for name, words in LINES.items()],
        rejections=[_reason(code, repeat) for code, repeat in REJECTIONS.items()],
        technical=[_reason(code, "CALL") for code in REASONS if code in RETRIES],
    )


def _reason(code: str, repeat: Repeat) -> Reason:
    return Reason(code=code, text_vi=REASONS[code], repeat=repeat)


@router.get("/queue", responses=problems(WrongRole))
async def read_queue(
    caller: AgentOrManager, tx: Transaction, settings: RequestSettings, limit: Limit = 50
) -> Queue:
    """Show the call that rings at the caller's desk, and those that wait for the caller's teams.

    An agent who asks is at the desk; one who asks nothing for a minute is away, and loses the call
    in hand.
    """
    now = clock.now()
    if "call_agent" in caller.roles:
        await be_seen(tx, caller, now=now)
    return await queue(tx, caller, limit=limit, settings=settings, now=now)


@router.post("/calls/{call_id}/accept", responses=problems(NoSuchCall, OfferOver, WrongRole))
async def accept(
    call_id: UUID, body: Reply, agent: CallAgent, signalling: RequestSignalling
) -> DeskCall:
    """Take the call that rings at the caller's desk (P5.1); in hand already, it is shown again."""
    now = clock.now()
    async with signalling.db.transaction() as tx:
        await be_seen(tx, agent, now=now)
        call = await offers.accept(tx, call_id, body.epoch, caller=agent, now=now)
        shown = await desk_view(tx, call, now=now)
    await signalling.begin(call_id)
    return shown


@router.post(
    "/calls/{call_id}/decline",
    status_code=204,
    responses=problems(NoSuchCall, OfferOver, WrongRole),
)
async def decline(
    call_id: UUID, body: Reply, agent: AtDesk, tx: Transaction, settings: RequestSettings
) -> None:
    """Let the call ring elsewhere: for a minute it does not come back, others come first."""
    await offers.decline(tx, call_id, body.epoch, caller=agent, settings=settings, now=clock.now())


@router.post(
    "/calls/{call_id}/approve",
    responses=problems(
        NoSuchCall, NotYourCall, CallMoved, CheckReplaced, NotApprovable, NotReady, WrongRole
    ),
)
async def approve(
    call_id: UUID, body: Approval, agent: AtDesk, tx: Transaction, settings: RequestSettings
) -> DeskCall:
    """Confirm that the person is who the record says (F5a.8 TH2, F5b.7 TH2)."""
    now = clock.now()
    checklist = Checklist(**body.checklist.model_dump())
    call = await commands.approve(
        tx, call_id, checklist, body.epoch, agent=agent, settings=settings, now=now
    )
    return await desk_view(tx, call, now=now)


@router.post(
    "/calls/{call_id}/reject",
    responses=problems(NoSuchCall, NotYourCall, CallMoved, UnknownReason, WrongRole),
)
async def reject(
    call_id: UUID,
    body: Rejection,
    agent: AtDesk,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> DeskCall:
    """Say no, and by the reason which step to repeat (F5a.8 TH1, F5b.7 TH1)."""
    now = clock.now()
    call = await commands.reject(
        tx,
        call_id,
        body.reason_code,
        body.note,
        agent=agent,
        sealer=sealer,
        settings=settings,
        now=now,
    )
    return await desk_view(tx, call, now=now)


@router.post(
    "/calls/{call_id}/drop",
    responses=problems(NoSuchCall, NotYourCall, CallMoved, WrongRole),
)
async def drop(call_id: UUID, agent: AtDesk, tx: Transaction) -> DeskCall:
    """Note that the line broke, and wait for the customer a while."""
    now = clock.now()
    call = await commands.drop(tx, call_id, agent=agent, now=now)
    return await desk_view(tx, call, now=now)


@router.post(
    "/calls/{call_id}/technical",
    responses=problems(NoSuchCall, NotYourCall, CallMoved, UnknownReason, WrongRole),
)
async def end_for_technical_reasons(
    call_id: UUID,
    agent: AtDesk,
    tx: Transaction,
    settings: RequestSettings,
    body: Technical | None = None,
) -> DeskCall:
    """End a call that could not be held; the customer calls again first in line."""
    now = clock.now()
    reason = (body or Technical()).reason_code
    call = await commands.end_for_technical_reasons(
        tx, call_id, reason, agent=agent, settings=settings, now=now
    )
    return await desk_view(tx, call, now=now)
