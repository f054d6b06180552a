"""Sending an attempt to mobi eKYC, and acting on its answer (F5a.6, F5a.7, F5b.5, F5b.6)."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, or_, select, update

from events import KycFailed, KycNeedsReview, KycPassed
from kit.db import Tx
from kit.sealing import Sealer
from kit.tasks import Task, Tasks
from kyc.evidence.commands import keep_evidence, keep_reading
from kyc.sessions.commands import own_session
from kyc.sessions.domain import Session
from kyc.sessions.queries import failures_of, limits_of
from kyc.sessions.states import Fields, Status
from kyc.settings import Settings
from kyc.tables import attempts, images, journeys, sessions
from kyc.verdicts.domain import Answer, Outcome, judge, known_codes

VERIFY: Final = "verify"
LONGEST_PAUSE: Final = timedelta(minutes=5)


async def verify(
    tx: Tx, session_id: UUID, customer_id: UUID, *, tasks: Tasks, settings: Settings, now: datetime
) -> Session:
    """Send the attempt to mobi eKYC (F5a.6, F5b.5); pressing twice sends it once."""
    session, journey = await own_session(tx, session_id, customer_id)
    if session.status is Status.KYC_CHECKING:
        return session
    session.check_complete(await _drafted(tx, session))
    await one_by_one(tx, session)
    failures = await failures_of(tx, session, now=now)
    submitted = session.submit(failures, limits=limits_of(settings), now=now)
    await keep_evidence(tx, session, now=now)
    await tx.publish(submitted)
    if await numbers_on(tx, session) >= settings.online_numbers:
        await refuse_further_number(tx, session, settings=settings, now=now)
    else:
        attempt = {"attempt": session.attempt}
        await tasks.add(tx, VERIFY, ref=session.id, due_at=now, data=attempt, region=journey.region)
    return session


async def take_answer(
    tx: Tx,
    task: Task,
    answer: Answer,
    *,
    tasks: Tasks,
    sealer: Sealer,
    settings: Settings,
    now: datetime,
) -> None:
    """Act on what mobi eKYC said about an attempt (F5a.7, F5b.6)."""
    session = await tx.get_one(Session, task.ref, with_for_update=True)
    if not await task.done(tx, now=now) or not awaits(session, task):
        return
    reasons = known_codes(answer.reason_codes)
    await keep_reading(tx, session, answer.read, sealer)
    match judge(answer):
        case Outcome.LATER:
            await _ask_again(tx, session, task, tasks=tasks, now=now)
        case Outcome.PASSED:
            await believe(tx, session, answer.fields, settings=settings, now=now)
        case Outcome.FAILED:
            await _refuse(tx, session, answer.fields, reasons, settings=settings, now=now)
        case _:
            await _doubt(tx, session, answer.fields, reasons, now=now)


async def give_up_asking(tx: Tx, task: Task, *, now: datetime) -> None:
    """Leave an attempt that mobi eKYC will not judge to an officer."""
    session = await tx.get_one(Session, task.ref, with_for_update=True)
    if await task.done(tx, now=now) and awaits(session, task):
        await _doubt(tx, session, {}, known_codes(()), now=now)


def awaits(session: Session, task: Task) -> bool:
    """Tell whether a session still waits for the answer to this attempt."""
    waits = session.status is Status.KYC_CHECKING
    return waits and session.attempt == task.data["attempt"]


async def conclude(
    tx: Tx,
    session: Session,
    fact: KycPassed | KycFailed | KycNeedsReview,
    *,
    counts: bool = False,
    now: datetime,
) -> None:
    """Write down how an attempt ended, once and for all, and say so."""
    its = (
        (attempts.c.session_id == session.id)
        & (attempts.c.number == session.attempt)
        & attempts.c.decided_at.is_(None)
    )
    await tx.execute(
        update(attempts)
        .where(its)
        .values(
            decided_at=now,
            outcome=session.status.value,
            verdict=session.verdict,
            reason_codes=session.reason_codes,
            counted=counts,
        )
    )
    await tx.publish(fact)


async def numbers_on(tx: Tx, session: Session) -> int:
    """Count other numbers on this document: connected, or past this check and on their way."""
    counts = or_(journeys.c.connected_at.is_not(None), sessions.c.status == Status.KYC_PASSED)
    others = (
        select(func.count(sessions.c.hold_id.distinct()))
        .join(journeys, journeys.c.hold_id == sessions.c.hold_id)
        .where(sessions.c.id_index == session.id_index, sessions.c.hold_id != session.hold_id)
    )
    return await tx.scalar(others.where(counts)) or 0


async def believe(
    tx: Tx,
    session: Session,
    fields: Fields,
    *,
    settings: Settings,
    now: datetime,
    by_contract: bool = False,
) -> None:
    """Pass an attempt, unless the document has its numbers already (LAW02).

    A contract signed at a store is the law's way to further numbers (LAW03).
    """
    await one_by_one(tx, session)
    if not by_contract and await numbers_on(tx, session) >= settings.online_numbers:
        await refuse_further_number(tx, session, settings=settings, now=now)
        return
    always = settings.video_call_policy == "ALWAYS"
    passed = session.pass_check(fields, call_always=always, now=now)
    await conclude(tx, session, passed, now=now)


async def refuse_further_number(
    tx: Tx, session: Session, *, settings: Settings, now: datetime
) -> None:
    """Send the customer to a store for a contract (LAW03)."""
    left = (await failures_of(tx, session, now=now)).left(limits_of(settings))
    await conclude(tx, session, session.exceed_quota(left=left, now=now), now=now)


async def one_by_one(tx: Tx, session: Session) -> None:
    """Decide about one document after the other.

    Two sessions at once would both get its third number, or both its last attempt.
    """
    await tx.advisory_lock("document", session.id_index)


async def _refuse(
    tx: Tx,
    session: Session,
    fields: Fields,
    reasons: tuple[str, ...],
    *,
    settings: Settings,
    now: datetime,
) -> None:
    await one_by_one(tx, session)
    before = await failures_of(tx, session, now=now)
    failed = session.fail_check(fields, reasons, before, limits=limits_of(settings), now=now)
    await conclude(tx, session, failed, counts=True, now=now)


async def _doubt(
    tx: Tx, session: Session, fields: Fields, reasons: tuple[str, ...], *, now: datetime
) -> None:
    doubt = session.need_review(fields, reasons, now=now)
    await conclude(tx, session, doubt, now=now)


async def _ask_again(tx: Tx, session: Session, task: Task, *, tasks: Tasks, now: datetime) -> None:
    # Under a new key: under the old one the same answer would come back.
    tries = task.data.get("tries", 0) + 1
    pause = min(LONGEST_PAUSE, timedelta(seconds=2 ** min(tries, 12)))
    region = await tx.scalar(select(journeys.c.region).where(journeys.c.hold_id == session.hold_id))
    data = task.data | {"tries": tries}
    await tasks.add(tx, VERIFY, ref=task.ref, due_at=now + pause, data=data, region=region)


async def _drafted(tx: Tx, session: Session) -> set[str]:
    return set(await tx.scalars(select(images.c.kind).where(images.c.session_id == session.id)))
