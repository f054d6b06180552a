"""The decisions of operators about dead events: one person redrives; two drop.

What stands behind a dropped event goes on as if it had never been, and nothing brings it back. So
one person asks for it, and another approves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, delete, func, insert, literal, null, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from events.transport import parking
from events.transport.blocked_keys import lock_key
from events.transport.dead_letters import ParkedFilter, Verdict
from events.transport.subscriptions import S, Transaction
from events.transport.tables import dead_letter_decision as decisions
from events.transport.tables import parked

LOGGED: Final = {"REDRIVEN": "dead_letter_redriven", "DROPPED": "dead_letter_dropped"}
_NOT_ASKED: Final = {"drop_reason_code": None, "drop_asked_by": None, "drop_asked_at": None}
KEYS_AT_ONCE: Final = 500
"""The most keys of one call: an answer must not take minutes."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Decided:
    """The events that one call decided about."""

    event_ids: Sequence[UUID]
    more: bool
    """Tells that there may be more of them: call again."""


class DeadLetterQueue(Generic[S]):
    """The dead events of a service's database, with the decisions of one operator.

    Each key is decided about under its lock and in a transaction of its own, together with a row
    that names the operator. Events that are not dead, or no longer there, are left alone.
    """

    def __init__(self, transaction: Transaction[S], operator: str) -> None:
        self._transaction, self._operator = transaction, operator

    async def redrive(self, criteria: ParkedFilter) -> Decided:
        """Let dead events be tried again, each in its place; the events behind them follow."""
        return await self._decide(criteria.conditions, "REDRIVEN")

    async def ask_drop(self, criteria: ParkedFilter, reason_code: str) -> Sequence[UUID]:
        """Ask that dead events be dropped; return those that nobody had asked about yet."""
        asked = (
            update(parked)
            .where(criteria.conditions, parked.c.state == "DEAD", parked.c.drop_asked_by.is_(None))
            .values(
                drop_reason_code=reason_code,
                drop_asked_by=self._operator,
                drop_asked_at=func.now(),
            )
            .returning(parked.c.event_id)
        )
        async with self._transaction() as tx:
            event_ids = list(await tx.scalars(asked))
        for event_id in event_ids:
            self._log("dead_letter_drop_asked", event_id, reason_code)
        return event_ids

    async def withdraw_drop(self, criteria: ParkedFilter) -> Sequence[UUID]:
        """Take back what was asked, by whichever operator; return the events."""
        asked = criteria.conditions & parked.c.drop_asked_by.is_not(None)
        withdrawn = update(parked).where(asked).values(_NOT_ASKED).returning(parked.c.event_id)
        async with self._transaction() as tx:
            event_ids = list(await tx.scalars(withdrawn))
        for event_id in event_ids:
            self._log("dead_letter_drop_withdrawn", event_id, None)
        return event_ids

    async def approve_drop(self, criteria: ParkedFilter) -> Decided:
        """Delete dead events that another person asked to drop; those behind go on without them."""
        by_another = parked.c.drop_asked_by != self._operator  # never true where nobody asked
        return await self._decide(criteria.conditions & by_another, "DROPPED")

    async def _decide(self, chosen: ColumnElement[bool], verdict: Verdict) -> Decided:
        dead = chosen & (parked.c.state == "DEAD")
        keys = (parked.c.consumer, parked.c.key)
        first = select(*keys).where(dead).group_by(*keys).order_by(func.min(parked.c.position))
        async with self._transaction() as tx:
            dead_keys = (await tx.execute(first.limit(KEYS_AT_ONCE))).all()
        done: list[UUID] = []
        for consumer, key in dead_keys:
            of_key = dead & (parked.c.consumer == consumer) & (parked.c.key == key)
            async with self._transaction() as tx:
                await lock_key(tx, consumer, key)
                reasons = await self._note(tx, of_key, verdict)
                decided = (parked.c.consumer == consumer) & parked.c.event_id.in_(reasons)
                await (_delete(tx, decided) if verdict == "DROPPED" else _reset(tx, decided))
                await parking.release(tx, consumer, key)
            for event_id, reason_code in reasons.items():
                self._log(LOGGED[verdict], event_id, reason_code)
            done += reasons
        return Decided(done, more=len(dead_keys) == KEYS_AT_ONCE)

    async def _note(
        self, tx: S, dead: ColumnElement[bool], verdict: Verdict
    ) -> dict[UUID, str | None]:
        copied = ("consumer", "event_id", "topic", "key", "partition", "offset", "reason")
        names = [*copied, "attempts", "reason_code", "asked_by", "decision", "decided_by"]
        is_drop = verdict == "DROPPED"
        because = (parked.c.drop_reason_code, parked.c.drop_asked_by)
        columns = [parked.c[name] for name in (*copied, "attempts")]
        values = [*(because if is_drop else (null(), null())), literal(verdict)]
        # Locked, so that what was asked cannot be taken back between here and the deletion.
        rows = select(*columns, *values, literal(self._operator)).where(dead)
        noted = insert(decisions).from_select(
            names, rows.order_by(parked.c.position).with_for_update()
        )
        decided = noted.returning(decisions.c.event_id, decisions.c.reason_code)
        return {row.event_id: row.reason_code for row in await tx.execute(decided)}

    def _log(self, event: str, event_id: UUID, reason_code: str | None) -> None:
        log.warning(event, event_id=str(event_id), operator=self._operator, reason_code=reason_code)


async def _reset(session: AsyncSession, decided: ColumnElement[bool]) -> None:
    # It begins anew, with all the attempts of a new event; its position is what keeps the order.
    # QUEUED and not due: another of its key may still be dead before it.
    anew: dict[str, Any] = {"state": "QUEUED", "reason": "redriven", "needs": None, "attempts": 0}
    values = anew | _NOT_ASKED
    await session.execute(update(parked).where(decided).values(parked_at=func.now(), **values))


async def _delete(session: AsyncSession, decided: ColumnElement[bool]) -> None:
    await session.execute(delete(parked).where(decided))
