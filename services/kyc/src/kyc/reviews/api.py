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
from kyc.sessions.states import NoSuchSession, NothingSent, SessionMoved
from kyc.settings import RequestSettings, Settings

router = APIRouter(prefix="/v1/cases", tags=["reviews"])

Reviewer = Annotated[Caller, Depends(staff(*REVIEWERS))]
Supervisor = Annotated[Caller, Depends(staff("region_manager"))]
CLAIM = problems(NoSuchHold, NoSuchSession, SessionMoved, ClaimedByAnother, WrongRole)
DECISION = problems(
    NoSuchHold,
    NothingSent,
    JourneyClosed,
    SessionMoved,
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
    """Why not; it names the step to repeat."""


class Reopening(BaseModel):
    """The step at which a customer who was sent to a store may go on online."""

    repeat: Literal["EDIT", "PHOTO"] = "PHOTO"
    reason_code: ReasonCode
    """Why the supervisor allows it."""


@router.post("/{hold_id}/claim", responses=CLAIM)
async def claim_case(
    hold_id: UUID,
    who: Reviewer,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> CaseView:
    """Take a case on one's own desk; claiming it again keeps it there longer."""
    session = await _open(tx, hold_id, who)
    lasts, now = settings.claim_lasts, clock.now()
    await claims.claim(tx, session, who.subject_id, lasts=lasts, now=now)
    return await _noted(tx, session, who, "CLAIM", settings, sealer)


@router.post("/{hold_id}/take-over", responses=CLAIM)
async def take_over_case(
    hold_id: UUID,
    who: Supervisor,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> CaseView:
    """Take a case over from whoever has claimed it."""
    session = await _open(tx, hold_id, who)
    lasts, now = settings.claim_lasts, clock.now()
    await claims.take_over(tx, session, who.subject_id, lasts=lasts, now=now)
    return await _noted(tx, session, who, "TAKE_OVER", settings, sealer)


@router.post("/{hold_id}/release", responses=CLAIM)
async def release_case(
    hold_id: UUID,
    who: Reviewer,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> CaseView:
    """Give a case back."""
    session = await _open(tx, hold_id, who)
    await claims.release(tx, session, who.subject_id)
    return await _noted(tx, session, who, "RELEASE", settings, sealer)


@router.post("/{hold_id}/review", responses=DECISION)
async def review_case(
    hold_id: UUID,
    body: Review,
    who: Reviewer,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> CaseView:
    """Decide a case that the machine could not (G27)."""
    journey = await case_of(tx, hold_id, who)
    decision = Decision(body.decision, findings_of(body.findings), body.reason_code)
    at = Sitting("REVIEW", who, settings, clock.now())
    session = await commands.review(tx, journey, decision, at)
    return await _noted(tx, session, who, "REVIEW", settings, sealer)


@router.post("/{hold_id}/reopen", responses=DECISION)
async def reopen_case(
    hold_id: UUID,
    body: Reopening,
    who: Supervisor,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> CaseView:
    """Let a customer who was sent to a store try again online."""
    journey = await case_of(tx, hold_id, who)
    decision = Decision("REOPEN", {}, body.reason_code, body.repeat)
    at = Sitting("REVIEW", who, settings, clock.now())
    session = await commands.decide_unclaimed(tx, journey, decision, at)
    return await _noted(tx, session, who, "REOPEN", settings, sealer)


async def _open(tx: Tx, hold_id: UUID, who: Caller) -> Session:
    await case_of(tx, hold_id, who)
    if (session := await open_session_of(tx, hold_id)) is None:
        raise NoSuchSession
    return session


async def _noted(
    tx: Tx,
    session: Session,
    who: Caller,
    what: str,
    settings: Settings,
    sealer: Sealer,
) -> CaseView:
    now = clock.now()
    await note_access(tx, session.hold_id, who, what, now=now)
    await tx.flush()
    journey = await case_of(tx, session.hold_id, who)
    return await case_view(tx, journey, session, settings, sealer, now=now)
