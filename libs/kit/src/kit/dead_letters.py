"""Routes of every service for operators: events that were not handled, redriven or dropped.

One person redrives; a drop is asked by one and approved by another.

An event names no person, but a record that could not be read may say anything: only the beginning
of such a one is shown, as base64.
"""

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from events.transport import dead_letters
from events.transport.content import Content, content_of, in_base64
from events.transport.dead_letter_queue import DeadLetterQueue
from events.transport.dead_letters import Opened, ParkedFilter, Verdict
from events.transport.envelope import Envelope, Unreadable
from events.transport.parking import ParkedState
from kit.auth import Caller, staff
from kit.db import RequestDatabase, Transaction, Tx
from kit.dead_letter_views import (
    AnotherMustApprove,
    DeadLetter,
    DeadLetterChoice,
    DeadLetterCounts,
    Decided,
    DecidedOtherwise,
    Drop,
    DropNotAsked,
    NoSuchDeadLetter,
    NotDead,
    OpenedDeadLetter,
    Redriven,
    Text,
)
from kit.dependencies import from_app
from kit.http import problems
from kit.paging import After, Limit, Page, UnknownCursor

READABLE_BYTES: Final = 65_536
PREVIEW_BYTES: Final = 512
HEADER_CHARACTERS: Final = 500
LAST_POSITION: Final = 2**63 - 1

router = APIRouter(prefix="/v1/dead-letters", tags=["dead letters"])

Operator = Annotated[Caller, Depends(staff("sre", "admin"))]

Service = Annotated[str, from_app(str, "name")]


def _filter(
    service: Service,
    state: ParkedState = "DEAD",
    key: Annotated[Text | None, Query(description="All of a journey")] = None,
    topic: Annotated[Text | None, Query()] = None,
    reason: Annotated[Text | None, Query(description="How the reason begins")] = None,
    older_than_minutes: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> ParkedFilter:
    age = timedelta(minutes=older_than_minutes) if older_than_minutes else None
    return ParkedFilter(service, (), key, topic, reason, state, age)


@router.get(
    "",
    summary="Events that could not be handled, the longest parked first",
    responses=problems(UnknownCursor),
)
async def list_dead_letters(
    _: Operator,
    tx: Transaction,
    criteria: Annotated[ParkedFilter, Depends(_filter)],
    limit: Limit = 20,
    after: After = None,
) -> Page[DeadLetter]:
    """Show what is parked, by default what only a person can help."""
    # A page begins after a position, which is a number, and still does when that event is gone.
    position = after.int if after else 0
    if after and position > LAST_POSITION:
        raise UnknownCursor(after)
    letters = await dead_letters.page(tx, criteria, after=position, limit=limit)
    following = UUID(int=letters[-1].position) if len(letters) == limit else None
    return Page(items=[DeadLetter.model_validate(letter) for letter in letters], next=following)


@router.get("/counts", summary="How many events are parked, by state")
async def count_dead_letters(_: Operator, tx: Transaction, service: Service) -> DeadLetterCounts:
    """Count what is parked, what is dead for the longest, and drops that wait for approval."""
    return DeadLetterCounts.model_validate(await dead_letters.count_states(tx, service))


@router.get("/{event_id}", summary="One such event", responses=problems(NoSuchDeadLetter))
async def read_dead_letter(
    event_id: UUID, _: Operator, tx: Transaction, service: Service
) -> OpenedDeadLetter:
    """Show why an event could not be handled, and what waits for it."""
    opened = await _opened(tx, service, event_id)
    if opened is None:
        raise NoSuchDeadLetter
    headers = opened.envelope.headers.items()
    return OpenedDeadLetter.model_validate(
        {
            **asdict(opened.letter),
            "headers": {name: text[:HEADER_CHARACTERS] for name, text in headers},
            "payload": _shown(opened.envelope),
            "behind": [asdict(letter) for letter in opened.behind],
        }
    )


@router.post("/redrive", summary="Try dead events again, each in its place")
async def redrive_some(
    choice: DeadLetterChoice, operator: Operator, db: RequestDatabase, service: Service
) -> Redriven:
    """Let the dead events of a journey, an event or a reason be tried again after a fix."""
    criteria = ParkedFilter(service, choice.event_ids, choice.key, choice.topic, choice.reason)
    done = await DeadLetterQueue(db.transaction, str(operator.subject_id)).redrive(criteria)
    not_dead = [event_id for event_id in choice.event_ids if event_id not in done.event_ids]
    return Redriven(event_ids=list(done.event_ids), not_dead=not_dead, more=done.more)


@router.post(
    "/{event_id}/redrive",
    summary="Try one dead event again",
    responses=problems(NoSuchDeadLetter, NotDead, DecidedOtherwise),
)
async def redrive_one(
    event_id: UUID, operator: Operator, db: RequestDatabase, service: Service
) -> Decided:
    """Let one dead event be tried again; what stands behind it follows."""
    await DeadLetterQueue(db.transaction, str(operator.subject_id)).redrive(
        ParkedFilter(service, [event_id])
    )
    return await _decided(db, service, event_id, "REDRIVEN")


@router.post(
    "/{event_id}/drop",
    summary="Ask that one dead event be given up",
    responses=problems(NoSuchDeadLetter, NotDead),
)
async def ask_drop(
    event_id: UUID, body: Drop, operator: Operator, db: RequestDatabase, service: Service
) -> DeadLetter:
    """Note who wants it dropped, and why; another person approves. The first to ask stands."""
    queue = DeadLetterQueue(db.transaction, str(operator.subject_id))
    await queue.ask_drop(ParkedFilter(service, [event_id]), body.reason_code)
    return await _dead(db, service, event_id)


@router.post(
    "/{event_id}/drop/withdraw",
    summary="Take back that an event be given up",
    responses=problems(NoSuchDeadLetter, NotDead),
)
async def withdraw_drop(
    event_id: UUID, operator: Operator, db: RequestDatabase, service: Service
) -> DeadLetter:
    """Leave the event dead; who asked may do so, and who would have to approve."""
    queue = DeadLetterQueue(db.transaction, str(operator.subject_id))
    await queue.withdraw_drop(ParkedFilter(service, [event_id]))
    return await _dead(db, service, event_id)


@router.post(
    "/{event_id}/drop/approve",
    summary="Give one dead event up, as the second person",
    responses=problems(
        NoSuchDeadLetter, NotDead, DropNotAsked, AnotherMustApprove, DecidedOtherwise
    ),
)
async def approve_drop(
    event_id: UUID, operator: Operator, db: RequestDatabase, service: Service
) -> Decided:
    """Go on without an event that another person asked to drop; what stands behind it follows."""
    queue = DeadLetterQueue(db.transaction, str(operator.subject_id))
    done = await queue.approve_drop(ParkedFilter(service, [event_id]))
    if not done.event_ids:
        async with db.transaction() as tx:
            opened = await _opened(tx, service, event_id)
        if opened and opened.letter.state == "DEAD":
            if opened.letter.drop_asked_by is None:
                raise DropNotAsked
            raise AnotherMustApprove(opened.letter.drop_asked_at)
    return await _decided(db, service, event_id, "DROPPED")


async def _dead(db: RequestDatabase, service: str, event_id: UUID) -> DeadLetter:
    """Return an event that is dead; raise if it is not, or no longer here."""
    async with db.transaction() as tx:
        opened = await _opened(tx, service, event_id)
    if opened is None:
        raise NoSuchDeadLetter
    if opened.letter.state != "DEAD":
        raise NotDead(opened.letter.state)
    return DeadLetter.model_validate(opened.letter)


async def _decided(db: RequestDatabase, service: str, event_id: UUID, verdict: Verdict) -> Decided:
    """Return the decision that stands, ours or a quicker operator's; raise if it is another."""
    async with db.transaction() as tx:
        last = await dead_letters.last_decision(tx, service, event_id)
        if last is None:
            opened = await _opened(tx, service, event_id)
            raise NotDead(opened.letter.state) if opened else NoSuchDeadLetter
    if last.decision != verdict:
        raise DecidedOtherwise(last.decision, last.decided_by, last.decided_at)
    return Decided.model_validate(last)


async def _opened(tx: Tx, service: str, event_id: UUID) -> Opened | None:
    return await dead_letters.load(tx, ParkedFilter(service, [event_id], state=None))


def _shown(envelope: Envelope) -> Content:
    try:
        envelope.open()
    except Unreadable:
        return in_base64(envelope.payload, PREVIEW_BYTES)
    return content_of(envelope.payload, READABLE_BYTES)
