"""HTTP: the connection desk, and mSale's word that something happened (P6.1, F5a.11-12)."""

from typing import Annotated, Literal, get_args
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request
from pydantic import BaseModel, Field

from activation.activations.commands import find_by_request
from activation.activations.domain import Officer
from activation.activations.domain.connecting import (
    REPEAT,
    ApproverMayNotDecide,
    ClaimedByAnother,
    ClaimItFirst,
    DecidedAlready,
)
from activation.activations.states import ActivationClosed, NoSuchActivation, NotReadyYet, Stage
from activation.connections import commands, queries
from activation.connections.queries import DeskCounts, Filters, QueueItem
from activation.msale.gateways import RequestMsale, UnsignedCall, ask_soon
from activation.settings import RequestSettings
from events import Region, RepeatStep, SimKind
from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from kit.paging import After, Limit, Page, UnknownCursor
from values.labels import Label

router = APIRouter(tags=["connection desk"])


async def _officer(
    caller: Annotated[Caller, Depends(staff("connection_officer", "region_manager"))],
) -> Officer:
    return Officer(caller.subject_id, caller.regions)


async def _supervisor(caller: Annotated[Caller, Depends(staff("region_manager"))]) -> Officer:
    return Officer(caller.subject_id, caller.regions)


OfTheTeam = Annotated[Officer, Depends(_officer)]
Listed = Literal[Stage.QUEUED, Stage.CONNECTING, Stage.DELAYED, Stage.REFUSED]
Supervisor = Annotated[Officer, Depends(_supervisor)]
DECISION = problems(
    NoSuchActivation,
    ActivationClosed,
    NotReadyYet,
    ApproverMayNotDecide,
    ClaimedByAnother,
    ClaimItFirst,
    DecidedAlready,
    WrongRole,
)
ReasonCode = Literal[
    "DATA_MISMATCH",
    "PHOTO_UNCLEAR",
    "CALL_INSUFFICIENT",
    "SERIAL_MISMATCH",
    "SIGNATURE_INVALID",
    "ID_QUOTA_EXCEEDED",
    "FRAUD_SUSPECTED",
]


class Refusal(BaseModel):
    """The reason of a refusal: the code opens the step to repeat, the text is for people."""

    reason_code: ReasonCode
    reason_text: Annotated[Label, Field(min_length=3)]


class Reason(BaseModel):
    """A reason to refuse a connection, and the step to which it sends the customer back."""

    reason_code: ReasonCode
    repeat: RepeatStep


class Reasons(BaseModel):
    """All reasons that an officer may give."""

    items: list[Reason]


class Reopening(BaseModel):
    """The step that a customer who was sent to a store repeats online instead, and the reason."""

    repeat: Literal["EDIT", "PHOTO", "CALL", "SERIAL", "SIGN"]
    reason_text: Annotated[Label, Field(min_length=3)]


@router.get("/v1/desk/queue", responses=problems(UnknownCursor, WrongRole))
async def read_queue(
    officer: OfTheTeam,
    tx: Transaction,
    *,
    stage: Listed | None = None,
    region: Region | None = None,
    sim: SimKind | None = None,
    claimed_by_me: Annotated[bool, Query(description="Only what is on my own desk")] = False,
    after: After = None,
    limit: Limit = 20,
) -> Page[QueueItem]:
    """Show the connection queue of the officer's regions, oldest first (P4.1)."""
    filters = Filters(stage=stage, region=region, sim=sim, claimed_by_me=claimed_by_me)
    return await queries.queue(tx, officer, filters, after=after, limit=limit)


@router.get("/v1/desk/counts", responses=problems(WrongRole))
async def read_counts(officer: OfTheTeam, tx: Transaction) -> DeskCounts:
    """Count the desk's work by stage and region, and what is the officer's own (P4.1)."""
    return await queries.counts(tx, officer)


@router.get("/v1/desk/reasons", responses=problems(WrongRole))
async def read_reasons(officer: OfTheTeam) -> Reasons:  # noqa: ARG001, for the team alone
    """List the reasons of a refusal, with the step that each sends back to (F5a.16, F5a.18)."""
    codes: tuple[ReasonCode, ...] = get_args(ReasonCode)
    return Reasons(items=[Reason(reason_code=code, repeat=REPEAT[code]) for code in codes])


@router.get("/v1/desk/{hold_id}", responses=problems(NoSuchActivation, WrongRole))
async def read_item(hold_id: UUID, officer: OfTheTeam, tx: Transaction) -> QueueItem:
    """Show one dossier of the officer's regions, whatever stage it is in (P4.1)."""
    return await queries.item_for(tx, hold_id, officer)


@router.post("/v1/desk/{hold_id}/claim", responses=DECISION)
async def claim(
    hold_id: UUID, officer: OfTheTeam, tx: Transaction, settings: RequestSettings
) -> QueueItem:
    """Take a dossier on one's own desk."""
    lasts = settings.claim_lasts
    claimed = await commands.claim(tx, hold_id, officer, good_for=lasts, now=clock.now())
    return await queries.item_of(tx, claimed)


@router.post("/v1/desk/{hold_id}/release", responses=DECISION)
async def release(hold_id: UUID, officer: OfTheTeam, tx: Transaction) -> QueueItem:
    """Put a dossier back for the colleagues."""
    return await queries.item_of(tx, await commands.release(tx, hold_id, officer))


@router.post("/v1/desk/{hold_id}/take-over", responses=DECISION)
async def take_over(hold_id: UUID, supervisor: Supervisor, tx: Transaction) -> QueueItem:
    """Take a colleague's dossier on one's own desk, as a supervisor."""
    taken = await commands.take_over(tx, hold_id, supervisor, now=clock.now())
    return await queries.item_of(tx, taken)


@router.post("/v1/desk/{hold_id}/reopen", responses=DECISION)
async def reopen(
    hold_id: UUID, body: Reopening, supervisor: Supervisor, tx: Transaction
) -> QueueItem:
    """Let a customer who was sent to a store go on online, as a supervisor (F5a.18 TH1)."""
    reopened = await commands.reopen(
        tx, hold_id, supervisor, repeat=body.repeat, text=body.reason_text, now=clock.now()
    )
    return await queries.item_of(tx, reopened)


@router.post("/v1/desk/{hold_id}/send-again", responses=DECISION)
async def send_again(hold_id: UUID, officer: OfTheTeam, tx: Transaction) -> QueueItem:
    """Send a dossier again that mSale refused for its own trouble."""
    sent = await commands.send_again(tx, hold_id, officer, now=clock.now())
    return await queries.item_of(tx, sent)


@router.post("/v1/desk/{hold_id}/confirm", responses=DECISION)
async def confirm(hold_id: UUID, officer: OfTheTeam, tx: Transaction) -> QueueItem:
    """Confirm and permit the connection (P6.1)."""
    done = await commands.confirm(tx, hold_id, officer, now=clock.now())
    return await queries.item_of(tx, done)


@router.post("/v1/desk/{hold_id}/refuse", responses=DECISION)
async def refuse(hold_id: UUID, body: Refusal, officer: OfTheTeam, tx: Transaction) -> QueueItem:
    """Refuse the connection with a reason (F5a.16, F5b.18)."""
    done = await commands.refuse(
        tx,
        hold_id,
        officer,
        reason_code=body.reason_code,
        reason_text=body.reason_text,
        now=clock.now(),
    )
    return await queries.item_of(tx, done)


class Callback(BaseModel):
    """mSale's word that a connection moved; its state is asked for, not believed."""

    connection_id: UUID
    request_id: UUID
    state: str


@router.post("/v1/msale/callback", status_code=204, responses=problems(UnsignedCall))
async def hear_msale(
    request: Request,
    body: Callback,
    tx: Transaction,
    msale: RequestMsale,
    x_signature: Annotated[str, Header()] = "",
) -> None:
    """Hear from mSale that a result is there (F5a.12, F5b.11)."""
    msale.verify(await request.body(), x_signature)
    if activation := await find_by_request(tx, body.request_id):
        await ask_soon(tx, activation, now=clock.now())
