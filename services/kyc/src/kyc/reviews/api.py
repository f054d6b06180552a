"""The reviewers' desk: claim a case, decide it, or give it back (G27)."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from events import ReasonCode
from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction, Tx
from kit.dependencies import RequestSealer
from kit.http import problems
from kit.sealing import Sealer
from kyc.cases.commands import REVIEWERS, case_of, note_access
from kyc.cases.queries import CaseView, case_view
from kyc.claims import commands as claims
from kyc.claims.commands import ClaimedByAnother, ClaimItFirst
from kyc.journeys.domain import JourneyClosed, NoSuchHold
from kyc.reviews import commands
from kyc.reviews.commands import Decision, Findings, Sitting, UnknownReason, findings_of
from kyc.reviews.domain import PointsOpen, SettledOtherwise
from kyc.sessions.commands import open_session_of
from kyc.sessions.domain import Session
from kyc.sessions.states import DecidedAlready, NoSuchSession, NothingSent, SessionMoved
from kyc.settings import RequestSettings, Settings

router = APIRouter(prefix="/v1/cases", tags=["reviews"])

Reviewer = Annotated[Caller, Depends(staff(*REVIEWERS))]
Supervisor = Annotated[Caller, Depends(staff("region_manager"))]
CLAIM = problems(
    NoSuchHold, NoSuchSession, SessionMoved, DecidedAlready, ClaimedByAnother, WrongRole
)
DECISION = problems(
    NoSuchHold,
    NothingSent,
    JourneyClosed,
    SessionMoved,
    DecidedAlready,
    ClaimItFirst,
    ClaimedByAnother,
    PointsOpen,
    SettledOtherwise,
    UnknownReason,
    WrongRole,
)


class Review(BaseModel):
    """A reviewer's decision: a yes says of each open point what it was compared with."""

    decision: Literal["PASS", "FAIL"]
    findings: Findings = Field(default_factory=dict)
    reason_code: ReasonCode | None = None
    """The reason of a no, which names the step to repeat."""


class Reopening(BaseModel):
    """The step at which a customer who was sent to a store may go on online."""

    repeat: Literal["EDIT", "PHOTO"] = "PHOTO"
    reason_code: ReasonCode
    """The supervisor's reason to allow it."""


@router.post("/{hold_id}/claim", responses=CLAIM)
async def claim_case(
    hold_id: UUID,
    caller: Reviewer,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> CaseView:
    """Take a case on one's own desk; claiming it again keeps it there longer."""
    session = await _open(tx, hold_id, caller)
    lasts, now = settings.claim_lasts, clock.now()
    await claims.claim(tx, session, caller.subject_id, lasts=lasts, now=now)
    return await _noted(tx, session, caller, "CLAIM", settings, sealer)


@router.post("/{hold_id}/take-over", responses=CLAIM)
async def take_over_case(
    hold_id: UUID,
    caller: Supervisor,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> CaseView:
    """Take a case over from the colleague who has claimed it."""
    session = await _open(tx, hold_id, caller)
    lasts, now = settings.claim_lasts, clock.now()
    await claims.take_over(tx, session, caller.subject_id, lasts=lasts, now=now)
    return await _noted(tx, session, caller, "TAKE_OVER", settings, sealer)


@router.post("/{hold_id}/release", responses=CLAIM)
async def release_case(
    hold_id: UUID,
    caller: Reviewer,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> CaseView:
    """Give a case back."""
    session = await _open(tx, hold_id, caller)
    await claims.release(tx, session, caller.subject_id)
    return await _noted(tx, session, caller, "RELEASE", settings, sealer)


@router.post("/{hold_id}/review", responses=DECISION)
async def review_case(
    hold_id: UUID,
    body: Review,
    caller: Reviewer,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> CaseView:
    """Decide a case that the machine could not (G27)."""
    journey = await case_of(tx, hold_id, caller)
    decision = Decision(body.decision, findings_of(body.findings), body.reason_code)
    at = Sitting("REVIEW", caller, settings, clock.now())
    session = await commands.review(tx, journey, decision, at)
    return await _noted(tx, session, caller, "REVIEW", settings, sealer)


@router.post("/{hold_id}/reopen", responses=DECISION)
async def reopen_case(
    hold_id: UUID,
    body: Reopening,
    caller: Supervisor,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> CaseView:
    """Let a customer who was sent to a store try again online."""
    journey = await case_of(tx, hold_id, caller)
    decision = Decision("REOPEN", {}, body.reason_code, body.repeat)
    at = Sitting("REVIEW", caller, settings, clock.now())
    session = await commands.decide_unclaimed(tx, journey, decision, at)
    return await _noted(tx, session, caller, "REOPEN", settings, sealer)


async def _open(tx: Tx, hold_id: UUID, caller: Caller) -> Session:
    await case_of(tx, hold_id, caller)
    if (session := await open_session_of(tx, hold_id)) is None:
        raise NoSuchSession
    return session


async def _noted(
    tx: Tx,
    session: Session,
    caller: Caller,
    what: str,
    settings: Settings,
    sealer: Sealer,
) -> CaseView:
    now = clock.now()
    await note_access(tx, session.hold_id, caller, what, now=now)
    await tx.flush()
    journey = await case_of(tx, session.hold_id, caller)
    return await case_view(tx, journey, session, settings, sealer, now=now)
