"""The case as call agents and connection officers see it; every look is written down (LAW19)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel

from events import ReasonCode
from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from kyc import queries
from kyc.cases import commands
from kyc.cases.commands import Decision, UnknownReason
from kyc.evidence.queries import papers_of, picture_of
from kyc.journeys.domain import NoSuchHold
from kyc.parts import With
from kyc.queries import CaseView
from kyc.sessions.states import ImageKind, NoSuchSession, NothingSent, SessionMoved

router = APIRouter(prefix="/v1/cases", tags=["cases"])

Desk = Annotated[Caller, Depends(staff("call_agent", "connection_officer"))]
Attempt = Annotated[
    int | None,
    Query(ge=1, le=10_000, description="Whose papers to show; the newest attempt's if unset"),
]
Officer = Annotated[Caller, Depends(staff("connection_officer"))]


class Review(BaseModel):
    """An officer's decision; a no needs its reason."""

    decision: Decision
    reason_code: ReasonCode | None = None


@router.get("/{hold_id}", responses=problems(NoSuchHold, NoSuchSession, NothingSent, WrongRole))
async def read_case(
    hold_id: UUID,
    who: Desk,
    tx: Transaction,
    use: With,
    response: Response,
    attempt: Attempt = None,
) -> CaseView:
    """Show what was declared, the verdict on each field, and the attempts."""
    journey = await commands.case_of(tx, hold_id, who)
    session = await queries.newest_session_of(tx, hold_id)
    await commands.note_access(tx, hold_id, who, "CASE", now=clock.now())
    response.headers["Cache-Control"] = "no-store"
    return await queries.case_view(tx, journey, session, use.sealer, number=attempt)


@router.get(
    "/{hold_id}/images/{kind}",
    response_class=Response,
    responses=problems(NoSuchHold, NoSuchSession, NothingSent, WrongRole)
    | {200: {"description": "The picture", "content": {"image/jpeg": {}}}},
)
async def read_image(
    hold_id: UUID,
    kind: ImageKind,
    who: Desk,
    tx: Transaction,
    use: With,
    attempt: Attempt = None,
) -> Response:
    """Show one picture an attempt was judged on, opened for this look only."""
    await commands.case_of(tx, hold_id, who)
    session = await queries.newest_session_of(tx, hold_id)
    papers = await papers_of(tx, session, attempt)
    picture = await picture_of(tx, papers, kind, use.sealer)
    await commands.note_access(tx, hold_id, who, f"IMAGE:{kind}", now=clock.now())
    return Response(picture, media_type="image/jpeg", headers={"Cache-Control": "no-store"})


@router.post(
    "/{hold_id}/review",
    responses=problems(NoSuchHold, NoSuchSession, SessionMoved, UnknownReason, WrongRole),
)
async def review_case(
    hold_id: UUID, body: Review, who: Officer, tx: Transaction, use: With
) -> CaseView:
    """Decide a case that the machine could not (G27)."""
    now = clock.now()
    await commands.review(
        tx, hold_id, body.decision, body.reason_code, officer=who, settings=use.settings, now=now
    )
    await commands.note_access(tx, hold_id, who, "REVIEW", now=now)
    journey = await commands.case_of(tx, hold_id, who)
    session = await queries.newest_session_of(tx, hold_id)
    return await queries.case_view(tx, journey, session, use.sealer)
