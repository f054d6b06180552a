"""Counting the failures of a session and of its document."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, ScalarSelect, false, func, or_, select

from kit.db import Tx
from kyc.allowances.domain import Failures
from kyc.sessions.domain import Session
from kyc.sessions.states import Status
from kyc.tables import attempts, decisions, sessions

DAY: Final = timedelta(hours=24)


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


def _with_document(session: Session) -> ColumnElement[bool]:
    if session.id_index is None:
        return false()
    return attempts.c.id_index == session.id_index


def _passed(whose: ColumnElement[bool]) -> ScalarSelect[datetime]:
    newest = select(func.max(attempts.c.decided_at)).where(whose)
    return newest.where(attempts.c.outcome == Status.KYC_PASSED).scalar_subquery()


def _decided(whose: ColumnElement[bool], *which: ColumnElement[bool]) -> ScalarSelect[datetime]:
    newest = select(func.max(decisions.c.decided_at)).select_from(decisions.join(attempts))
    return newest.where(whose, *which).scalar_subquery()
