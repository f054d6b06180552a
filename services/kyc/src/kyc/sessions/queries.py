"""Reading sessions: for their customers, and the failures that limits count."""

from datetime import datetime, timedelta
from typing import Any, Final, Self
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, ScalarSelect, false, func, or_, select

from kit.db import Tx
from kyc.journeys.domain import Journey, NoSuchHold
from kyc.reasons.domain import Repeat, reason_for
from kyc.sessions.domain import Session
from kyc.sessions.states import (
    IMAGES,
    DecidedAlready,
    Failures,
    ImageKind,
    Limits,
    NoSuchSession,
    SessionMoved,
    Status,
)
from kyc.settings import Settings
from kyc.tables import attempts, decisions, images, journeys, sessions

DAY: Final = timedelta(hours=24)
LABELS = {
    Status.DRAFT: "Đang khai báo thông tin",
    Status.KYC_CHECKING: "Đang xác thực eKYC",
    Status.KYC_FAILED: "eKYC không hợp lệ",
    Status.KYC_PASSED: "eKYC hợp lệ",
    Status.NEEDS_REVIEW: "Chờ nhân viên xem xét",
    Status.CLOSED: "Đã đóng",
}


class ReasonView(BaseModel):
    """The reason that a step has to be repeated, in the customer's words."""

    code: str
    text_vi: str
    text_en: str

    @classmethod
    def of(cls, code: str) -> Self:
        """Put the words of both languages beside a code."""
        reason = reason_for(code)
        return cls(code=code, text_vi=reason.text_vi, text_en=reason.text_en)


class ImageView(BaseModel):
    """A picture that is kept; the picture itself is another request."""

    kind: ImageKind
    sha256: str
    captured_at: datetime
    taken_at: datetime | None
    """By the camera's clock, where it noted that."""


class SessionView(BaseModel):
    """A session as its customer sees it."""

    session_id: UUID
    hold_id: UUID
    status: Status
    label_vi: str
    attempt: int
    attempts_left: int
    declared: bool
    missing: list[str]
    """The parts that are still needed before the information can be verified."""
    images: list[ImageView]
    verdict: dict[str, Any]
    """PASS, FAIL, REVIEW or UNAVAILABLE for each of the four fields."""
    reasons: list[ReasonView]
    repeat: Repeat | None
    passed_at: datetime | None


async def session_of(tx: Tx, session_id: UUID, customer_id: UUID) -> Session:
    """Return one of a customer's sessions; another customer's looks like none at all."""
    own = select(Session).join(journeys, journeys.c.hold_id == sessions.c.hold_id)
    named = own.where(sessions.c.id == session_id, journeys.c.customer_id == customer_id)
    session = (await tx.scalars(named)).one_or_none()
    if session is None:
        raise NoSuchSession
    return session


async def newest_session_of(tx: Tx, hold_id: UUID) -> Session:
    """Return the session of a hold, the newest if there were several."""
    its = select(Session).where(sessions.c.hold_id == hold_id)
    session = (await tx.scalars(its.order_by(sessions.c.id.desc()).limit(1))).one_or_none()
    if session is None:
        raise NoSuchSession
    return session


async def session_by_hold(tx: Tx, hold_id: UUID, customer_id: UUID) -> Session:
    """Return the session of a customer's hold."""
    journey = await tx.get(Journey, hold_id)
    if journey is None or journey.customer_id != customer_id:
        raise NoSuchHold(hold_id)
    return await newest_session_of(tx, hold_id)


def limits_of(settings: Settings) -> Limits:
    """Return the limits of failed checks, as the service is set."""
    return Limits(settings.failures_in_a_row, settings.failures_a_day)


async def view(tx: Tx, session: Session, settings: Settings, *, now: datetime) -> SessionView:
    """Shape a session for its customer."""
    return SessionView(**await shape(tx, session, settings, now=now))


async def shape(tx: Tx, session: Session, settings: Settings, *, now: datetime) -> dict[str, Any]:
    """Shape the parts of a session that customers and staff see alike."""
    its = select(*(images.c[name] for name in ImageView.model_fields)).where(
        images.c.session_id == session.id
    )
    shown = {
        row["kind"]: ImageView.model_validate(dict(row))
        for row in (await tx.execute(its)).mappings()
    }
    declared = session.declaration is not None
    return {
        "session_id": session.id,
        "hold_id": session.hold_id,
        "status": session.status,
        "label_vi": LABELS[session.status],
        "attempt": session.attempt,
        "attempts_left": await _attempts_left(tx, session, limits_of(settings), now=now),
        "declared": declared,
        "missing": session.missing(set(shown)),
        "images": [shown[kind] for kind in IMAGES if kind in shown],
        "verdict": session.verdict,
        "reasons": [ReasonView.of(code) for code in session.reason_codes],
        "repeat": session.repeat,
        "passed_at": session.passed_at,
    }


async def _attempts_left(tx: Tx, session: Session, limits: Limits, *, now: datetime) -> int:
    if session.status in (Status.NEEDS_REVIEW, Status.CLOSED):
        return 0
    return (await failures_of(tx, session, now=now)).left(limits)


async def failures_of(tx: Tx, session: Session, *, now: datetime) -> Failures:
    """Count what failed by a customer's doing, also with this document in other sessions."""
    document = _with_document(session)
    either = or_(attempts.c.session_id == session.id, document)
    pardoned = _decided(either, decisions.c.decision == "REOPEN")
    settled = func.greatest(_decided(document), _passed(document))
    since = now - DAY
    fell = attempts.c.decided_at
    today = func.count().filter(attempts.c.counted, fell > func.greatest(since, pardoned))
    in_a_row = func.count().filter(
        document, attempts.c.counted, fell > func.greatest(since, settled)
    )
    waits = func.count().filter(
        document,
        attempts.c.session_id != session.id,
        fell.is_(None),
        attempts.c.submitted_at > since,
        sessions.c.status == Status.KYC_CHECKING,
    )
    counted = select(today, in_a_row, waits).select_from(attempts.join(sessions)).where(either)
    failed, with_document, under_way = (await tx.execute(counted)).one()
    return Failures(max(session.failures_in_a_row, with_document), failed, under_way)


async def moved(tx: Tx, session: Session) -> SessionMoved | DecidedAlready:
    """Return the refusal to decide about a session: the decision that was first, if there is one.

    A decision about an attempt before counts no more: the customer has sent the papers again.
    """
    latest = select(decisions.c.decision, decisions.c.decided_by, decisions.c.decided_at)
    of_attempt = (decisions.c.session_id == session.id) & (decisions.c.number == session.attempt)
    latest = latest.where(of_attempt).order_by(decisions.c.decided_at.desc()).limit(1)
    if (row := (await tx.execute(latest)).one_or_none()) is None:
        return SessionMoved(session.id, session.status)
    return DecidedAlready(*row)


def _with_document(session: Session) -> ColumnElement[bool]:
    if session.id_index is None:
        return false()
    return attempts.c.id_index == session.id_index


def _passed(whose: ColumnElement[bool]) -> ScalarSelect[datetime]:
    newest = select(func.max(attempts.c.decided_at)).where(whose)
    return newest.where(attempts.c.outcome == Status.KYC_PASSED).scalar_subquery()


def _decided(whose: ColumnElement[bool], *criteria: ColumnElement[bool]) -> ScalarSelect[datetime]:
    newest = select(func.max(decisions.c.decided_at)).select_from(decisions.join(attempts))
    return newest.where(whose, *criteria).scalar_subquery()
