"""What staff do with a case: look at it, which is written down, and decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from sqlalchemy import insert

from kit.auth import Caller
from kit.db import Tx
from kit.errors import Invalid
from kyc.journeys.commands import open_session_of
from kyc.journeys.domain import Journey, NoSuchHold
from kyc.sessions.domain import Session
from kyc.sessions.states import SessionMoved, Status
from kyc.settings import Settings
from kyc.tables import accesses
from kyc.verdicts.commands import believe, conclude, limits_of
from kyc.verdicts.domain import REASONS, Fields

Decision = Literal["PASS", "FAIL"]
DECIDED: Final[Mapping[Status, Decision]] = {Status.KYC_PASSED: "PASS", Status.KYC_FAILED: "FAIL"}


@dataclass(eq=False)
class UnknownReason(Invalid):
    """There is no such reason."""

    reason_code: str | None


async def case_of(tx: Tx, hold_id: UUID, who: Caller) -> Journey:
    """Return the journey a member of staff may look into; another region's looks like none."""
    journey = await tx.get(Journey, hold_id)
    if journey is None or not who.covers(journey.region):
        raise NoSuchHold(hold_id)
    return journey


async def note_access(tx: Tx, hold_id: UUID, who: Caller, what: str, *, now: datetime) -> None:
    """Write down who looked at whose data (LAW19)."""
    row = {"at": now, "staff_id": who.subject_id, "hold_id": hold_id, "what": what}
    await tx.execute(insert(accesses).values(row))


async def review(
    tx: Tx,
    hold_id: UUID,
    decision: Decision,
    reason_code: str | None,
    *,
    officer: Caller,
    settings: Settings,
    now: datetime,
) -> None:
    """Decide a case in a person's stead of the machine (G27); said twice, decided once."""
    await case_of(tx, hold_id, officer)
    session = await open_session_of(tx, hold_id)
    if session is None:
        raise NoSuchHold(hold_id)
    if session.reviewed_by == officer.subject_id and DECIDED.get(session.status) == decision:
        return
    if session.status is not Status.NEEDS_REVIEW:
        raise SessionMoved(session.id, session.status)
    if decision == "PASS":
        session.reviewed_by = officer.subject_id
        await believe(tx, session, _closed(session), settings=settings, now=now)
        return
    if reason_code is None or reason_code.partition(":")[0] not in REASONS:
        raise UnknownReason(reason_code)
    failed = session.refuse_after_review(
        reason_code, officer_id=officer.subject_id, limits=limits_of(settings), now=now
    )
    await conclude(tx, session, failed, now=now)


def _closed(session: Session) -> Fields:
    # The officer closes what is on paper; a face is closed by whoever sees the person (LAW08).
    seen = session.verdict.get("face") == "PASS"
    return {
        "id_number": "PASS",
        "full_name": "PASS",
        "date_of_birth": "PASS",
        "face": "PASS" if seen else "REVIEW",
    }
