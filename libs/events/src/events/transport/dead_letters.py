"""The dead letters of a service: the events that it parked, and what was decided about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    func,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession

from events.transport.envelope import Envelope
from events.transport.parking import ParkedState
from events.transport.tables import dead_letter_decision as decisions
from events.transport.tables import parked

Verdict = Literal["REDRIVEN", "DROPPED"]


@dataclass(frozen=True)
class ParkedFilter:
    """A choice of parked events; fields without a value do not restrict it."""

    consumer: str | None = None
    event_ids: Sequence[UUID] = ()
    key: str | None = None
    topic: str | None = None
    reason: str | None = None
    """The beginning of the reason."""
    state: ParkedState | None = "DEAD"
    older_than: timedelta | None = None

    @property
    def conditions(self) -> ColumnElement[bool]:
        """The choice as a condition on the table `parked`."""
        same = ("consumer", "key", "topic", "state")
        given = [(parked.c[name], getattr(self, name)) for name in same]
        conditions = [column == value for column, value in given if value is not None]
        if self.event_ids:
            conditions.append(parked.c.event_id.in_(self.event_ids))
        if self.reason is not None:
            conditions.append(parked.c.reason.startswith(self.reason, autoescape=True))
        if self.older_than is not None:
            conditions.append(parked.c.parked_at < func.now() - self.older_than)
        return and_(true(), *conditions)


@dataclass(frozen=True)
class Letter:
    """A parked event without headers and payload."""

    position: int
    consumer: str
    event_id: UUID
    topic: str
    key: str
    state: ParkedState
    reason: str
    needs: str | None
    attempts: int
    partition: int | None
    offset: int | None
    parked_at: datetime
    next_try_at: datetime | None
    drop_reason_code: str | None
    drop_asked_by: str | None
    drop_asked_at: datetime | None


@dataclass(frozen=True)
class Decision:
    """The decision of a person about a dead event, or of two."""

    event_id: UUID
    decision: Verdict
    reason_code: str | None
    asked_by: str | None
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class Opened:
    """A parked event with headers and payload, and the events of its key that are behind it."""

    letter: Letter
    envelope: Envelope
    behind: Sequence[Letter]


@dataclass(frozen=True)
class FailureCount:
    """The number of events of a topic that are parked for the same reason."""

    consumer: str
    topic: str
    reason: str
    count: int
    oldest: datetime


@dataclass(frozen=True)
class StateCounts:
    """The number of parked events of a consumer in each state."""

    counts: dict[ParkedState, int]
    oldest_dead_at: datetime | None
    drops_asked: int
    """The dead events that one person wants dropped and nobody has approved."""


async def page(
    session: AsyncSession, criteria: ParkedFilter, *, after: int = 0, limit: int = 50
) -> list[Letter]:
    """List parked events, the longest parked first, from a position on."""
    chosen = criteria.conditions & (parked.c.position > after)
    return await _letters(session, chosen, limit)


async def load(session: AsyncSession, criteria: ParkedFilter) -> Opened | None:
    """Load one parked event with headers and payload; None if there is none."""
    letters = await _letters(session, criteria.conditions, 1)
    if not letters:
        return None
    [letter] = letters
    columns = [parked.c[name] for name in Envelope._fields]
    row = (await session.execute(select(*columns).where(_is(letter)))).one()
    envelope = Envelope(**row._asdict())
    of_key = ParkedFilter(letter.consumer, key=letter.key, state=None)
    return Opened(letter, envelope, await page(session, of_key, after=letter.position, limit=100))


async def count_failures(session: AsyncSession, criteria: ParkedFilter) -> list[FailureCount]:
    """Count parked events by what went wrong, the most frequent first."""
    same = (parked.c.consumer, parked.c.topic, parked.c.reason)
    counted = select(*same, func.count(), func.min(parked.c.parked_at)).group_by(*same)
    often = counted.where(criteria.conditions).order_by(func.count().desc(), *same)
    return [FailureCount(*row) for row in await session.execute(often)]


async def count_states(session: AsyncSession, consumer: str) -> StateCounts:
    """Count the parked events of a consumer by state."""
    asked = func.count(parked.c.drop_asked_by)
    counted = select(parked.c.state, func.count(), func.min(parked.c.parked_at), asked)
    of_consumer = counted.where(parked.c.consumer == consumer).group_by(parked.c.state)
    rows = {row[0]: row for row in await session.execute(of_consumer)}
    dead = rows.get("DEAD", ("DEAD", 0, None, 0))
    counts = {state: rows[state][1] if state in rows else 0 for state in get_args(ParkedState)}
    return StateCounts(counts, dead[2], dead[3])


async def last_decision(session: AsyncSession, consumer: str, event_id: UUID) -> Decision | None:
    """Look up what was decided about an event that is no longer dead."""
    columns = [decisions.c[name] for name in Decision.__dataclass_fields__]
    of_event = (decisions.c.consumer == consumer) & (decisions.c.event_id == event_id)
    rows = await session.execute(select(*columns).where(of_event).order_by(decisions.c.id.desc()))
    row = rows.first()
    return Decision(**row._asdict()) if row else None


async def _letters(session: AsyncSession, chosen: ColumnElement[bool], limit: int) -> list[Letter]:
    columns = [parked.c[name] for name in Letter.__dataclass_fields__]
    letters = select(*columns).where(chosen).order_by(parked.c.position).limit(limit)
    rows = await session.execute(letters)
    return [Letter(**row._asdict()) for row in rows]


def _is(letter: Letter) -> ColumnElement[bool]:
    return (parked.c.consumer == letter.consumer) & (parked.c.event_id == letter.event_id)
