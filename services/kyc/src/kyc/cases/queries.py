"""One case as staff see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import RowMapping, func, select

from events import Region
from kit.db import Tx
from kit.sealing import Sealer
from kyc.cases.domain import Basis, Comparison, Point, compare, open_points, settled
from kyc.declarations.domain import DocumentKind
from kyc.evidence.queries import Papers, find_papers, images_of
from kyc.journeys.domain import Journey
from kyc.sessions.domain import Session
from kyc.sessions.queries import SessionView, shape
from kyc.sessions.states import Decided, Desk, NothingSent, Status
from kyc.settings import Settings
from kyc.tables import attempts, claims, decisions, journeys, sessions


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
    decision: Decided
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
    comparison: list[Comparison]
    """The fields of the attempt that is shown, side by side."""
    open_points: dict[Point, list[Basis]]
    """The points that a yes at this desk must say something of, and what to compare them with."""
    settled: list[str]
    """The reasons for which nobody may pass this case at this desk."""
    claimed_by: UUID | None
    claimed_at: datetime | None
    claimed_until: datetime | None


class DocumentNumbers(BaseModel):
    """The other numbers on one document, and the number of them that may be registered online."""

    connected: int
    waiting: int
    """Past the identity check, and on their way."""
    limit: int


async def case_view(
    tx: Tx,
    journey: Journey,
    session: Session,
    settings: Settings,
    sealer: Sealer,
    *,
    now: datetime,
    number: int | None = None,
    desk: Desk = "REVIEW",
) -> CaseView:
    """Shape a case for staff, with the papers of one attempt, the newest if none is named."""
    papers = await find_papers(tx, session, number)
    if papers is None and number is not None:
        raise NothingSent
    shared = await shape(tx, session, settings, now=now)
    shared["images"] = await images_of(tx, papers) if papers else []
    of_hold = select(sessions.c.id).where(sessions.c.hold_id == session.hold_id)
    asked = select(attempts).where(attempts.c.session_id.in_(of_hold))
    tried = (await tx.execute(asked.order_by(attempts.c.submitted_at))).mappings().all()
    decided = select(decisions).where(decisions.c.session_id.in_(of_hold))
    of_session = (claims.c.session_id == session.id) & (claims.c.until > now)
    claim = (await tx.execute(select(claims).where(of_session))).one_or_none()
    return CaseView(
        **shared,
        region=journey.region,
        shown_attempt=papers.number if papers else None,
        document_kind=papers.document_kind if papers else None,
        declaration=papers.form(sealer) if papers else None,
        comparison=_compared(papers, tried, sealer) if papers else [],
        open_points=open_points(session.verdict, session.reason_codes, desk=desk)
        if session.waits_for_person
        else {},
        settled=list(settled(session.verdict, session.reason_codes, desk=desk))
        if session.waits_for_person
        else [],
        attempts=[AttemptView.model_validate(dict(row)) for row in tried],
        decisions=[
            DecisionView.model_validate(dict(row))
            for row in (await tx.execute(decided.order_by(decisions.c.decided_at))).mappings()
        ],
        claimed_by=claim.claimed_by if claim else None,
        claimed_at=claim.claimed_at if claim else None,
        claimed_until=claim.until if claim else None,
    )


def _compared(papers: Papers, tried: Sequence[RowMapping], sealer: Sealer) -> list[Comparison]:
    of_papers = (papers.session_id, papers.number)
    judged = next(row for row in tried if (row["session_id"], row["number"]) == of_papers)
    return compare(
        papers.form(sealer) or {},
        papers.read(sealer),
        judged["verdict"] or {},
        judged["reason_codes"] or (),
    )


async def numbers_on_document(tx: Tx, session: Session, settings: Settings) -> DocumentNumbers:
    """Count the other numbers on a session's document (LAW02)."""
    is_connected = journeys.c.connected_at.is_not(None)
    passed = ~is_connected & (sessions.c.status == Status.KYC_PASSED)
    hold_ids = sessions.c.hold_id.distinct()
    others = (
        select(func.count(hold_ids).filter(is_connected), func.count(hold_ids).filter(passed))
        .join(journeys, journeys.c.hold_id == sessions.c.hold_id)
        .where(sessions.c.id_index == session.id_index, sessions.c.hold_id != session.hold_id)
    )
    connected, waiting = (await tx.execute(others)).one()
    return DocumentNumbers(connected=connected, waiting=waiting, limit=settings.online_numbers)
