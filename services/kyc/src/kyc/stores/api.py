"""The store's desk: a customer who was sent there has a way on (LAW03, G27)."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from events import ReasonCode
from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction, Tx
from kit.dependencies import RequestSealer
from kit.http import problems
from kit.sealing import Sealer
from kyc.cases.commands import note_access
from kyc.cases.queries import CaseView, case_view
from kyc.journeys.domain import Journey, JourneyClosed
from kyc.reviews import commands
from kyc.reviews.commands import (
    Decision,
    Findings,
    Reference,
    Sitting,
    UnknownReason,
    findings_of,
)
from kyc.reviews.domain import ContractMissing, PointsOpen, SettledOtherwise
from kyc.sessions.domain import Session
from kyc.sessions.queries import moved, newest_session_of
from kyc.sessions.states import DecidedAlready, NoSuchSession, NothingSent, SessionMoved
from kyc.settings import RequestSettings, Settings
from kyc.stores.commands import NoSuchSlip, journey_by_code
from values.hold_codes import HoldCode

router = APIRouter(prefix="/v1/store-cases", tags=["stores"])

Clerk = Annotated[Caller, Depends(staff("store_staff"))]


class StoreDecision(BaseModel):
    """A store's decision, with the person and the original document in front of it.

    PASS says of each open point what it was compared with: the document in the hand, the registry,
    and the person for the face. REOPEN lets a customer who was sent here try again in the app.
    """

    decision: Literal["PASS", "FAIL", "REOPEN"]
    findings: Findings = Field(default_factory=dict)
    reason_code: ReasonCode | None = None
    repeat: Literal["EDIT", "PHOTO"] = "PHOTO"
    contract_reference: Reference | None = None
    """The contract signed at the store, where the document has its online numbers (LAW03)."""


@router.get(
    "/{hold_code}",
    responses=problems(NoSuchSlip, NoSuchSession, SessionMoved, DecidedAlready, WrongRole),
)
async def read_store_case(
    hold_code: HoldCode,
    clerk: Clerk,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
    response: Response,
) -> CaseView:
    """Show the case of a customer who was sent to a store, or waits for a review."""
    journey = await journey_by_code(tx, hold_code, clerk)
    session = await newest_session_of(tx, journey.hold_id)
    if not session.waits_for_person:
        raise await moved(tx, session)
    response.headers["Cache-Control"] = "no-store"
    return await _noted(tx, journey, session, clerk, "STORE_CASE", settings, sealer)


@router.post(
    "/{hold_code}/decision",
    responses=problems(
        NoSuchSlip,
        NothingSent,
        JourneyClosed,
        SessionMoved,
        DecidedAlready,
        PointsOpen,
        SettledOtherwise,
        ContractMissing,
        UnknownReason,
        WrongRole,
    ),
)
async def decide_at_store(
    hold_code: HoldCode,
    body: StoreDecision,
    clerk: Clerk,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> CaseView:
    """Complete or reopen the check of a customer in the store."""
    journey = await journey_by_code(tx, hold_code, clerk)
    decision = Decision(
        body.decision,
        findings_of(body.findings),
        body.reason_code,
        body.repeat,
        body.contract_reference,
    )
    at = Sitting("STORE", clerk, settings, clock.now())
    session = await commands.decide_unclaimed(tx, journey, decision, at)
    await tx.flush()
    return await _noted(tx, journey, session, clerk, "STORE_DECISION", settings, sealer)


async def _noted(
    tx: Tx,
    journey: Journey,
    session: Session,
    clerk: Caller,
    what: str,
    settings: Settings,
    sealer: Sealer,
) -> CaseView:
    now = clock.now()
    await note_access(tx, journey.hold_id, clerk, what, now=now)
    return await case_view(tx, journey, session, settings, sealer, now=now, desk="STORE")
