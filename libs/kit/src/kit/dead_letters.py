"""Routes of every service for operators: events that could not be handled, redriven or dropped.

An event names no person, but a record that could not be read may say anything: only the beginning
of such a one is shown, as base64.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final, Self
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field, model_validator

from events import ReasonCode
from events.transport import dead_letters
from events.transport.content import Content, content_of, in_base64
from events.transport.dead_letters import DeadLetterQueue, Opened, ParkedFilter, Verdict
from events.transport.envelope import Envelope, Unreadable
from events.transport.parking import ParkedState
from kit.auth import Caller, staff
from kit.db import RequestDatabase, Transaction, Tx
from kit.dependencies import from_app
from kit.errors import Conflict, NotFound
from kit.http import problems
from kit.paging import After, Limit, Page, UnknownCursor

READABLE_BYTES: Final = 65_536
PREVIEW_BYTES: Final = 512
HEADER_CHARACTERS: Final = 500
LAST_POSITION: Final = 2**63 - 1

router = APIRouter(prefix="/v1/dead-letters", tags=["dead letters"])

Operator = Annotated[Caller, Depends(staff("sre", "admin"))]
Text = Annotated[str, Field(min_length=1, max_length=500)]


class NoSuchDeadLetter(NotFound):
    """This service has parked no such event, and nobody has decided about it."""


@dataclass(eq=False)
class NotDead(Conflict):
    """The event is not dead: the service tries it again by itself, or another stands before it."""

    state: ParkedState


@dataclass(eq=False)
class DecidedOtherwise(Conflict):
    """Another decision stands about this event."""

    decision: Verdict


class DeadLetter(BaseModel):
    """An event that the service has parked."""

    model_config = ConfigDict(from_attributes=True)

    event_id: UUID
    topic: str
    key: str
    state: ParkedState
    reason: str
    attempts: int
    needs: str | None
    partition: int | None
    offset: int | None
    parked_at: datetime
    next_try_at: datetime | None


class OpenedDeadLetter(DeadLetter):
    """A parked event, what it says, and what stands behind it."""

    headers: dict[str, str]
    payload: Content
    behind: list[DeadLetter] = Field(description="Events of its key that wait for it, at most 100")


class Decided(BaseModel):
    """The decision about a dead event; repeating it changes nothing."""

    model_config = ConfigDict(from_attributes=True)

    event_id: UUID
    decision: Verdict
    reason_code: ReasonCode | None
    decided_by: str
    decided_at: datetime


class Some(BaseModel):
    """A choice of dead events to try again: those that match every field that is given."""

    event_ids: list[UUID] = Field(default=[], max_length=500)
    key: Text | None = Field(default=None, description="All of a journey")
    topic: Text | None = None
    reason: Text | None = Field(default=None, description="How the reason begins")

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """Refuse a choice without any field: all dead events at once is never meant."""
        if not self.model_dump(exclude_defaults=True):
            raise ValueError("say which: event_ids, key, topic or reason")
        return self


class Redriven(BaseModel):
    """The events that are tried again."""

    event_ids: list[UUID]
    not_dead: list[UUID] = Field(description="Asked for, but not dead or no longer here")
    more: bool = Field(description="There may be more of the kind: ask again")


class Drop(BaseModel):
    """The reason for giving an event up."""

    reason_code: ReasonCode


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
    choice: Some, operator: Operator, db: RequestDatabase, service: Service
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
    summary="Give one dead event up",
    responses=problems(NoSuchDeadLetter, NotDead, DecidedOtherwise),
)
async def drop_one(
    event_id: UUID, body: Drop, operator: Operator, db: RequestDatabase, service: Service
) -> Decided:
    """Go on without one dead event; what stands behind it follows."""
    queue = DeadLetterQueue(db.transaction, str(operator.subject_id))
    await queue.drop(ParkedFilter(service, [event_id]), body.reason_code)
    return await _decided(db, service, event_id, "DROPPED")


async def _decided(db: RequestDatabase, service: str, event_id: UUID, verdict: Verdict) -> Decided:
    """Return the decision that stands, ours or a quicker operator's; raise if it is another."""
    async with db.transaction() as tx:
        last = await dead_letters.last_decision(tx, service, event_id)
        if last is None:
            opened = await _opened(tx, service, event_id)
            raise NotDead(opened.letter.state) if opened else NoSuchDeadLetter
    if last.decision != verdict:
        raise DecidedOtherwise(last.decision)
    return Decided.model_validate(last)


async def _opened(tx: Tx, service: str, event_id: UUID) -> Opened | None:
    return await dead_letters.load(tx, ParkedFilter(service, [event_id], state=None))


def _shown(envelope: Envelope) -> Content:
    try:
        envelope.open()
    except Unreadable:
        return in_base64(envelope.payload, PREVIEW_BYTES)
    return content_of(envelope.payload, READABLE_BYTES)
