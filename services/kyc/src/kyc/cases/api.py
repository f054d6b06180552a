"""The cases as call agents and reviewers see them; every look is written down (LAW19)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from kyc.calls.commands import NoCallInHand
from kyc.cases import commands
from kyc.cases.commands import REVIEWERS
from kyc.cases.queries import CaseView, DocumentNumbers, case_view, numbers_on_document
from kyc.evidence.queries import papers_of, picture_of
from kyc.journeys.domain import NoSuchHold
from kyc.sessions.queries import newest_session_of
from kyc.sessions.states import ImageKind, NoSuchSession, NothingSent
from kyc.settings import RequestSettings

router = APIRouter(prefix="/v1/cases", tags=["cases"])

Desk = Annotated[Caller, Depends(staff("call_agent", *REVIEWERS))]
Reviewer = Annotated[Caller, Depends(staff(*REVIEWERS))]
Attempt = Annotated[
    int | None,
    Query(ge=1, le=10_000, description="Whose papers to show; the newest attempt's if unset"),
]
LOOK = problems(NoSuchHold, NoSuchSession, NothingSent, NoCallInHand, WrongRole)


@router.get("/{hold_id}", responses=LOOK)
async def read_case(
    hold_id: UUID,
    caller: Desk,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
    response: Response,
    attempt: Attempt = None,
) -> CaseView:
    """Show what was declared, the verdict on each field, attempts and decisions."""
    now = clock.now()
    journey = await commands.case_of(tx, hold_id, caller)
    session = await newest_session_of(tx, hold_id)
    await commands.note_access(tx, hold_id, caller, "CASE", now=now)
    response.headers["Cache-Control"] = "no-store"
    return await case_view(tx, journey, session, settings, sealer, now=now, number=attempt)


@router.get(
    "/{hold_id}/images/{kind}",
    response_class=Response,
    responses=LOOK | {200: {"description": "The picture", "content": {"image/jpeg": {}}}},
)
async def read_image(
    hold_id: UUID,
    kind: ImageKind,
    caller: Desk,
    tx: Transaction,
    sealer: RequestSealer,
    attempt: Attempt = None,
) -> Response:
    """Show one picture an attempt was judged on, opened for this look only."""
    await commands.case_of(tx, hold_id, caller)
    session = await newest_session_of(tx, hold_id)
    papers = await papers_of(tx, session, attempt)
    picture = await picture_of(tx, papers, kind, sealer)
    await commands.note_access(tx, hold_id, caller, f"IMAGE:{kind}", now=clock.now())
    return Response(picture, media_type="image/jpeg", headers={"Cache-Control": "no-store"})


@router.get("/{hold_id}/document-numbers", responses=problems(NoSuchHold, NoSuchSession, WrongRole))
async def count_numbers_on_document(
    hold_id: UUID, caller: Reviewer, tx: Transaction, settings: RequestSettings
) -> DocumentNumbers:
    """Count the other numbers on the document of a hold's customer (LAW02)."""
    await commands.case_of(tx, hold_id, caller)
    session = await newest_session_of(tx, hold_id)
    return await numbers_on_document(tx, session, settings)
