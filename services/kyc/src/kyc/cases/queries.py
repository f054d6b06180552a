"""Views of staff: one case, and the list of cases that wait for a person."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, select

from events import Region
from kit.auth import Caller
from kit.db import Tx
from kit.paging import Page, page_of
from kit.sealing import Sealer
from kyc.declarations.domain import DocumentKind
from kyc.evidence.queries import find_papers, images_of
from kyc.journeys.domain import Journey
from kyc.sessions.domain import Session
from kyc.sessions.queries import ReasonView, SessionView, shape
from kyc.sessions.states import Desk, NothingSent, Status
from kyc.settings import Settings
from kyc.tables import attempts, claims, decisions, journeys, sessions

Waiting = Literal["REVIEW", "STORE"]


class AttemptView(BaseModel):
    """A question to mobi eKYC and its answer, as it was."""

    number: int
    submitted_at: datetime
    decided_at: datetime | None
    outcome: str | None
    verdict: dict[str, Any] | None
    reason_codes: list[str] | None


class DecisionView(BaseModel):
    """A person's decision about an attempt, with the comparison made for each open point."""

    number: int
    decision: Literal["PASS", "FAIL", "REOPEN"]
    desk: Desk
    decided_by: UUID
    decided_at: datetime
    findings: dict[str, Any]
    reason_code: str | None
    contract_reference: str | None


class CaseView(SessionView):
    """A case as call agents, reviewers and stores see it."""

    region: Region | None
    shown_attempt: int | None
    """The attempt whose form this is: the one that was asked for, else the newest."""
    document_kind: DocumentKind | None
    declaration: dict[str, Any] | None
    attempts: list[AttemptView]
    decisions: list[DecisionView]
    claimed_by: UUID | None
    claimed_until: datetime | None


class CaseItem(BaseModel):
    """A case in the list: nothing personal, so that looking at the list is looking at nobody."""

    session_id: UUID
    hold_id: UUID
    region: Region | None
    status: Status
    attempt: int
    reasons: list[ReasonView]
    waits_since: datetime
    claimed_by: UUID | None
    claimed_until: datetime | None


async def case_view(
    tx: Tx,
    journey: Journey,
    session: Session,
    settings: Settings,
    sealer: Sealer,
    *,
    now: datetime,
    number: int | None = None,
) -> CaseView:
    """Shape a case for staff, with the papers of one attempt, the newest if none is named."""
    papers = await find_papers(tx, session, number)
    if papers is None and number is not None:
        raise NothingSent
    shared = await shape(tx, session, settings, now=now)
    shared["images"] = await images_of(tx, papers) if papers else []
    of_hold = select(sessions.c.id).where(sessions.c.hold_id == session.hold_id)
    asked = select(attempts).where(attempts.c.session_id.in_(of_hold))
    decided = select(decisions).where(decisions.c.session_id.in_(of_hold))
    of_session = (claims.c.session_id == session.id) & (claims.c.until > now)
    claim = (await tx.execute(select(claims).where(of_session))).one_or_none()
    return CaseView(
        **shared,
        region=journey.region,
        shown_attempt=papers.number if papers else None,
        document_kind=papers.document_kind if papers else None,
        declaration=papers.form(sealer) if papers else None,
        attempts=[
            AttemptView.model_validate(dict(row))
            for row in (await tx.execute(asked.order_by(attempts.c.submitted_at))).mappings()
        ],
        decisions=[
            DecisionView.model_validate(dict(row))
            for row in (await tx.execute(decided.order_by(decisions.c.decided_at))).mappings()
        ],
        claimed_by=claim.claimed_by if claim else None,
        claimed_until=claim.until if claim else None,
    )


async def waiting_cases(
    tx: Tx,
    caller: Caller,
    *,
    waiting_for: Waiting,
    region: Region | None,
    after: UUID | None,
    limit: int,
    now: datetime,
) -> Page[CaseItem]:
    """Return the cases of the caller's regions that wait for a reviewer or for a store."""
    held = (claims.c.session_id == sessions.c.id) & (claims.c.until > now)
    newest = (attempts.c.session_id == sessions.c.id) & (attempts.c.number == sessions.c.attempt)
    waiting = (
        select(
            Session, journeys.c.region, attempts.c.decided_at, claims.c.claimed_by, claims.c.until
        )
        .join(journeys, journeys.c.hold_id == sessions.c.hold_id)
        .join(attempts, newest)
        .outerjoin(claims, held)
        .where(*_within(caller, region), _waits(waiting_for))
    )
    visible = select(sessions).join(journeys, journeys.c.hold_id == sessions.c.hold_id)
    return await page_of(
        tx,
        waiting,
        sessions.c.id,
        lambda row: _item(*row[:-1]),
        limit=limit,
        after=after,
        cursors=visible.where(*_within(caller, None)),
    )


def _item(
    session: Session,
    region: Region | None,
    decided_at: datetime | None,
    claimed_by: UUID | None,
    until: datetime | None,
) -> CaseItem:
    return CaseItem(
        session_id=session.id,
        hold_id=session.hold_id,
        region=region,
        status=session.status,
        attempt=session.attempt,
        reasons=[ReasonView.of(code) for code in session.reason_codes],
        waits_since=decided_at or session.opened_at,
        claimed_by=claimed_by,
        claimed_until=until,
    )


def _waits(waiting_for: Waiting) -> ColumnElement[bool]:
    if waiting_for == "REVIEW":
        return sessions.c.status == Status.NEEDS_REVIEW
    return (sessions.c.status == Status.KYC_FAILED) & (sessions.c.repeat == "STORE")


def _within(caller: Caller, region: Region | None) -> list[ColumnElement[bool]]:
    scope = [journeys.c.region.in_(caller.regions)] if caller.regions else []
    return scope + ([journeys.c.region == region] if region else [])
