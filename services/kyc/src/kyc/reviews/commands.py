"""Decisions of people about cases that the machine could not decide (G27)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field
from sqlalchemy import insert

from events.ids import uuid7
from kit.auth import Caller
from kit.db import Tx
from kit.errors import Invalid
from kyc.cases.domain import Basis, Point
from kyc.claims import commands as claims
from kyc.evidence.queries import papers_of
from kyc.journeys.domain import Journey, JourneyClosed
from kyc.reasons.domain import REASONS
from kyc.reviews.domain import Finding, check_contract, close
from kyc.sessions.commands import open_session_of
from kyc.sessions.domain import Session
from kyc.sessions.queries import failures_of, limits_of, moved
from kyc.sessions.states import Decided, Desk, NothingSent, Status
from kyc.settings import Settings
from kyc.tables import decisions
from kyc.verdicts.commands import believe

Reference = Annotated[str, Field(min_length=4, max_length=64, pattern=r"^[A-Za-z0-9./_-]+$")]


class Compared(BaseModel):
    """An open point that was found right, with the basis of the comparison."""

    compared_with: Basis
    reference: Reference | None = None
    """The number of the registry's answer; needed where it was the registry."""

    @property
    def finding(self) -> Finding:
        """Return the finding."""
        return Finding(self.compared_with, self.reference)


Findings = Mapping[Point, Compared]


def findings_of(compared: Findings) -> dict[Point, Finding]:
    """Return the findings of the points that were compared."""
    return {point: each.finding for point, each in compared.items()}


@dataclass(eq=False)
class UnknownReason(Invalid):
    """There is no such reason."""

    reason_code: str | None


@dataclass(frozen=True)
class Decision:
    """A person's decision, with the findings it stands on."""

    answer: Decided
    findings: Mapping[Point, Finding]
    reason_code: str | None = None
    repeat: Literal["EDIT", "PHOTO"] = "PHOTO"
    contract_reference: str | None = None


@dataclass(frozen=True)
class Sitting:
    """The occasion of a decision: desk, person, time, and the rules in force."""

    desk: Desk
    caller: Caller
    settings: Settings
    now: datetime


async def review(tx: Tx, journey: Journey, decision: Decision, at: Sitting) -> Session:
    """Decide a case that is on the reviewer's desk (G27); said twice, decided once."""
    session = await _session(tx, journey)
    if _said_before(session, decision, at):
        return session
    if session.status is not Status.NEEDS_REVIEW:
        raise await moved(tx, session)
    await claims.check_claimed(tx, session, at.caller.subject_id, now=at.now)
    await _decide(tx, session, decision, at)
    return session


async def decide_unclaimed(tx: Tx, journey: Journey, decision: Decision, at: Sitting) -> Session:
    """Decide about a customer who was sent to a store, or came there (LAW03, G27).

    The store has person and document before it, and a supervisor steps in: neither claims.
    """
    session = await _session(tx, journey)
    if _said_before(session, decision, at):
        return session
    if not session.waits_for_person:
        raise await moved(tx, session)
    await _decide(tx, session, decision, at)
    return session


async def _session(tx: Tx, journey: Journey) -> Session:
    session = await open_session_of(tx, journey.hold_id)
    if session is None or journey.closed:
        raise JourneyClosed(journey.hold_id)
    return session


def _said_before(session: Session, decision: Decision, at: Sitting) -> bool:
    done = {
        "PASS": session.status is Status.KYC_PASSED,
        "FAIL": session.status is Status.KYC_FAILED,
        "REOPEN": session.status is Status.KYC_FAILED and not session.sent_to_store,
    }
    return session.reviewed_by == at.caller.subject_id and done[decision.answer]


async def _decide(tx: Tx, session: Session, decision: Decision, at: Sitting) -> None:
    await claims.drop(tx, session)
    # Written down first: a no or another try makes the failures before count anew.
    await _write_down(tx, session, decision, at)
    if decision.answer == "PASS":
        await _pass(tx, session, decision, at)
        return
    session.begin_anew(at.caller.subject_id)
    left = (await failures_of(tx, session, now=at.now)).left(limits_of(at.settings))
    if decision.answer == "REOPEN":
        await tx.publish(session.try_again(decision.repeat, left=left, now=at.now))
        return
    if decision.reason_code is None or decision.reason_code.partition(":")[0] not in REASONS:
        raise UnknownReason(decision.reason_code)
    await tx.publish(session.refuse_after_review(decision.reason_code, left=left, now=at.now))


async def _pass(tx: Tx, session: Session, decision: Decision, at: Sitting) -> None:
    papers = await papers_of(tx, session)
    if papers.sealed_form is None:
        raise NothingSent
    fields = close(session.verdict, session.reason_codes, decision.findings, desk=at.desk)
    check_contract(session.reason_codes, decision.contract_reference)
    session.reviewed_by = at.caller.subject_id
    session.return_to_sent(
        papers.sealed_form, id_index=papers.id_index, document_kind=papers.document_kind
    )
    by_contract = at.desk == "STORE" and decision.contract_reference is not None
    await believe(tx, session, fields, settings=at.settings, now=at.now, by_contract=by_contract)


async def _write_down(tx: Tx, session: Session, decision: Decision, at: Sitting) -> None:
    row = {
        "id": uuid7(),
        "session_id": session.id,
        "number": session.attempt,
        "decision": decision.answer,
        "desk": at.desk,
        "decided_by": at.caller.subject_id,
        "shop_code": at.caller.shop_code if at.desk == "STORE" else None,
        "findings": {point: vars(finding) for point, finding in decision.findings.items()},
        "reason_code": decision.reason_code,
        "contract_reference": decision.contract_reference,
        "decided_at": at.now,
    }
    await tx.execute(insert(decisions).values(row))
