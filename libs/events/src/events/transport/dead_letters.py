"""The dead letter queue: a person looks at dead events, redrives them or drops them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Generic, Literal
from uuid import UUID

import structlog
from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    delete,
    func,
    insert,
    literal,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from events.transport import parking
from events.transport.blocked_keys import lock_key
from events.transport.envelope import Envelope
from events.transport.parking import ParkedState
from events.transport.subscriptions import S, Transaction
from events.transport.tables import dead_letter_decision as decisions
from events.transport.tables import parked

Verdict = Literal["REDRIVEN", "DROPPED"]

LOGGED: Final = {"REDRIVEN": "dead_letter_redriven", "DROPPED": "dead_letter_dropped"}
KEYS_AT_ONCE: Final = 500
"""The most keys of one call: an answer must not take minutes."""

log = structlog.get_logger()


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


@dataclass(frozen=True)
class Decision:
    """The decision of a person about a dead event."""

    event_id: UUID
    decision: Verdict
    reason_code: str | None
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
class Decided:
    """The events that one call decided about."""

    event_ids: Sequence[UUID]
    more: bool
    """Tells that there may be more of them: call again."""


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


async def last_decision(session: AsyncSession, consumer: str, event_id: UUID) -> Decision | None:
    """Look up what was decided about an event that is no longer dead."""
    columns = [decisions.c[name] for name in Decision.__dataclass_fields__]
    of_event = (decisions.c.consumer == consumer) & (decisions.c.event_id == event_id)
    rows = await session.execute(select(*columns).where(of_event).order_by(decisions.c.id.desc()))
    row = rows.first()
    return Decision(**row._asdict()) if row else None


class DeadLetterQueue(Generic[S]):
    """The dead events of a service's database, with the decisions of one operator.

    Each key is decided about under its lock and in a transaction of its own, together with a row
    that names the operator. Events that are not dead, or no longer there, are left alone.
    """

    def __init__(self, transaction: Transaction[S], operator: str) -> None:
        self._transaction, self._operator = transaction, operator

    async def redrive(self, criteria: ParkedFilter) -> Decided:
        """Let dead events be tried again, each in its place; the events behind them follow."""
        return await self._decide(criteria, "REDRIVEN", None)

    async def drop(self, criteria: ParkedFilter, reason_code: str) -> Decided:
        """Delete dead events; the events behind them go on without them."""
        return await self._decide(criteria, "DROPPED", reason_code)

    async def _decide(
        self, criteria: ParkedFilter, verdict: Verdict, reason_code: str | None
    ) -> Decided:
        dead = criteria.conditions & (parked.c.state == "DEAD")
        keys = (parked.c.consumer, parked.c.key)
        first = select(*keys).where(dead).group_by(*keys).order_by(func.min(parked.c.position))
        async with self._transaction() as tx:
            dead_keys = (await tx.execute(first.limit(KEYS_AT_ONCE))).all()
        done: list[UUID] = []
        for consumer, key in dead_keys:
            of_key = dead & (parked.c.consumer == consumer) & (parked.c.key == key)
            async with self._transaction() as tx:
                await lock_key(tx, consumer, key)
                event_ids = await self._note(tx, of_key, verdict, reason_code)
                decided = (parked.c.consumer == consumer) & parked.c.event_id.in_(event_ids)
                await (_delete(tx, decided) if verdict == "DROPPED" else _reset(tx, decided))
                await parking.release(tx, consumer, key)
            self._log(consumer, event_ids, verdict, reason_code)
            done += event_ids
        return Decided(done, more=len(dead_keys) == KEYS_AT_ONCE)

    async def _note(
        self, tx: S, dead: ColumnElement[bool], verdict: Verdict, reason_code: str | None
    ) -> list[UUID]:
        copied = ("consumer", "event_id", "topic", "key", "partition", "offset", "reason")
        names = [*copied, "attempts", "decision", "reason_code", "decided_by"]
        columns = [parked.c[name] for name in (*copied, "attempts")]
        values = [literal(verdict), literal(reason_code, Text), literal(self._operator)]
        rows = select(*columns, *values).where(dead).order_by(parked.c.position)
        noted = insert(decisions).from_select(names, rows).returning(decisions.c.event_id)
        return list(await tx.scalars(noted))

    def _log(
        self, consumer: str, event_ids: Sequence[UUID], verdict: Verdict, reason_code: str | None
    ) -> None:
        for event_id in event_ids:
            log.warning(
                LOGGED[verdict],
                consumer=consumer,
                event_id=str(event_id),
                operator=self._operator,
                reason_code=reason_code,
            )


async def _reset(session: AsyncSession, decided: ColumnElement[bool]) -> None:
    # It begins anew, with all the attempts of a new event; its position is what keeps the order.
    # QUEUED and not due: another of its key may still be dead before it.
    anew: dict[str, Any] = {"state": "QUEUED", "reason": "redriven", "needs": None, "attempts": 0}
    await session.execute(update(parked).where(decided).values(parked_at=func.now(), **anew))


async def _delete(session: AsyncSession, decided: ColumnElement[bool]) -> None:
    await session.execute(delete(parked).where(decided))


async def _letters(session: AsyncSession, chosen: ColumnElement[bool], limit: int) -> list[Letter]:
    columns = [parked.c[name] for name in Letter.__dataclass_fields__]
    letters = select(*columns).where(chosen).order_by(parked.c.position).limit(limit)
    rows = await session.execute(letters)
    return [Letter(**row._asdict()) for row in rows]


def _is(letter: Letter) -> ColumnElement[bool]:
    return (parked.c.consumer == letter.consumer) & (parked.c.event_id == letter.event_id)
