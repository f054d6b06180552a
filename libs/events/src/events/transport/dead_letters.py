"""What a person does about dead events: look at them, let them be tried again, or give them up."""

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
from events.transport.envelope import Envelope
from events.transport.parking import State
from events.transport.subscriptions import S, Transaction
from events.transport.tables import dead_letter_decision as decisions
from events.transport.tables import parked

Verdict = Literal["REDRIVEN", "DROPPED"]

LINES_AT_ONCE: Final = 500
"""So many keys are decided about in one call: an answer must not take minutes."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Which:
    """Which parked events are meant. What is not said does not matter."""

    consumer: str | None = None
    event_ids: Sequence[UUID] = ()
    key: str | None = None
    topic: str | None = None
    reason: str | None = None
    """How the reason begins."""
    state: State | None = "DEAD"
    older_than: timedelta | None = None

    @property
    def conditions(self) -> ColumnElement[bool]:
        """Say it to the database."""
        same = ("consumer", "key", "topic", "state")
        said = [(parked.c[name], getattr(self, name)) for name in same]
        wanted = [column == value for column, value in said if value is not None]
        if self.event_ids:
            wanted.append(parked.c.event_id.in_(self.event_ids))
        if self.reason is not None:
            wanted.append(parked.c.reason.startswith(self.reason, autoescape=True))
        if self.older_than is not None:
            wanted.append(parked.c.parked_at < func.now() - self.older_than)
        return and_(true(), *wanted)


@dataclass(frozen=True)
class Letter:
    """A parked event, without what it says."""

    position: int
    consumer: str
    event_id: UUID
    topic: str
    key: str
    state: State
    reason: str
    needs: str | None
    attempts: int
    partition: int | None
    offset: int | None
    parked_at: datetime
    next_try_at: datetime | None


@dataclass(frozen=True)
class Decision:
    """What somebody decided about a dead event."""

    event_id: UUID
    decision: Verdict
    reason_code: str | None
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class Opened:
    """A parked event with what it says, and the events of its key that stand behind it."""

    letter: Letter
    envelope: Envelope
    behind: Sequence[Letter]


@dataclass(frozen=True)
class Kind:
    """Events that are parked for the same reason."""

    consumer: str
    topic: str
    reason: str
    count: int
    oldest: datetime


@dataclass(frozen=True)
class Done:
    """What was decided about in one call."""

    event_ids: Sequence[UUID]
    more: bool
    """Whether there may be more of the kind: call again."""


async def page(
    session: AsyncSession, which: Which, *, after: int = 0, limit: int = 50
) -> list[Letter]:
    """List parked events, the longest parked first, from a position on."""
    wanted = which.conditions & (parked.c.position > after)
    return await _letters(session, wanted, limit)


async def opened(session: AsyncSession, which: Which) -> Opened | None:
    """Look into one parked event."""
    found = await _letters(session, which.conditions, 1)
    if not found:
        return None
    [letter] = found
    columns = [parked.c[name] for name in Envelope._fields]
    row = (await session.execute(select(*columns).where(_is(letter)))).one()
    envelope = Envelope(**row._mapping)  # noqa: SLF001, the documented name of a row's mapping
    line = Which(letter.consumer, key=letter.key, state=None)
    return Opened(letter, envelope, await page(session, line, after=letter.position, limit=100))


async def kinds(session: AsyncSession, which: Which) -> list[Kind]:
    """Count parked events by what went wrong, the most frequent first."""
    same = (parked.c.consumer, parked.c.topic, parked.c.reason)
    counted = select(*same, func.count(), func.min(parked.c.parked_at)).group_by(*same)
    often = counted.where(which.conditions).order_by(func.count().desc(), *same)
    return [Kind(*row) for row in await session.execute(often)]


async def last_decision(session: AsyncSession, consumer: str, event_id: UUID) -> Decision | None:
    """Look up what was decided about an event that is no longer dead."""
    columns = [decisions.c[name] for name in Decision.__dataclass_fields__]
    mine = (decisions.c.consumer == consumer) & (decisions.c.event_id == event_id)
    rows = await session.execute(select(*columns).where(mine).order_by(decisions.c.id.desc()))
    row = rows.first()
    return Decision(**row._mapping) if row else None  # noqa: SLF001


class Desk(Generic[S]):
    """Where one person decides about the dead events of a database.

    Each key is decided about under its lock and in a transaction of its own, together with a row
    that says who did it. What is not dead, or no longer there, is left alone.
    """

    def __init__(self, transaction: Transaction[S], operator: str) -> None:
        self._transaction, self._operator = transaction, operator

    async def redrive(self, which: Which) -> Done:
        """Let dead events be tried again, each in its place; what stands behind them follows."""
        return await self._decide(which, "REDRIVEN", None)

    async def drop(self, which: Which, reason_code: str) -> Done:
        """Give dead events up; what stands behind them goes on without them."""
        return await self._decide(which, "DROPPED", reason_code)

    async def _decide(self, which: Which, verdict: Verdict, reason_code: str | None) -> Done:
        dead = which.conditions & (parked.c.state == "DEAD")
        line = (parked.c.consumer, parked.c.key)
        first = select(*line).where(dead).group_by(*line).order_by(func.min(parked.c.position))
        async with self._transaction() as tx:
            lines = (await tx.execute(first.limit(LINES_AT_ONCE))).all()
        done: list[UUID] = []
        for consumer, key in lines:
            of_key = dead & (parked.c.consumer == consumer) & (parked.c.key == key)
            async with self._transaction() as tx:
                await parking.lock(tx, consumer, key)
                event_ids = await self._note(tx, of_key, verdict, reason_code)
                meant = (parked.c.consumer == consumer) & parked.c.event_id.in_(event_ids)
                await (_give_up(tx, meant) if verdict == "DROPPED" else _let_try(tx, meant))
                await parking.release(tx, consumer, key)
            self._tell(consumer, event_ids, verdict, reason_code)
            done += event_ids
        return Done(done, more=len(lines) == LINES_AT_ONCE)

    async def _note(
        self, tx: S, dead: ColumnElement[bool], verdict: Verdict, reason_code: str | None
    ) -> list[UUID]:
        copied = ("consumer", "event_id", "topic", "key", "partition", "offset", "reason")
        names = [*copied, "attempts", "decision", "reason_code", "decided_by"]
        columns = [parked.c[name] for name in (*copied, "attempts")]
        said = [literal(verdict), literal(reason_code, Text), literal(self._operator)]
        rows = select(*columns, *said).where(dead).order_by(parked.c.position)
        noted = insert(decisions).from_select(names, rows).returning(decisions.c.event_id)
        return list(await tx.scalars(noted))

    def _tell(
        self, consumer: str, event_ids: Sequence[UUID], verdict: Verdict, reason_code: str | None
    ) -> None:
        for event_id in event_ids:
            log.warning(
                verdict.lower(),
                consumer=consumer,
                event_id=str(event_id),
                by=self._operator,
                reason_code=reason_code,
            )


async def _let_try(session: AsyncSession, meant: ColumnElement[bool]) -> None:
    # It begins anew, with the patience every event gets; its position is what keeps the order.
    # QUEUED and not due: another of its key may still be dead before it.
    anew: dict[str, Any] = {"state": "QUEUED", "reason": "redriven", "needs": None, "attempts": 0}
    await session.execute(update(parked).where(meant).values(parked_at=func.now(), **anew))


async def _give_up(session: AsyncSession, meant: ColumnElement[bool]) -> None:
    await session.execute(delete(parked).where(meant))


async def _letters(session: AsyncSession, wanted: ColumnElement[bool], limit: int) -> list[Letter]:
    columns = [parked.c[name] for name in Letter.__dataclass_fields__]
    chosen = select(*columns).where(wanted).order_by(parked.c.position).limit(limit)
    rows = await session.execute(chosen)
    return [Letter(**row._mapping) for row in rows]  # noqa: SLF001


def _is(letter: Letter) -> ColumnElement[bool]:
    return (parked.c.consumer == letter.consumer) & (parked.c.event_id == letter.event_id)
