"""Parking events that could not be handled, each with its followers, in the order of their key.

All functions here are called under the lock of the key (`blocked_keys.lock_key`).
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any, Final, Literal

from sqlalchemy import DateTime, Row, Select, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from events.ids import uuid7
from events.transport import outbox
from events.transport.blocked_keys import any_of, lock_key
from events.transport.envelope import Envelope
from events.transport.tables import parked

ParkedState = Literal["FAILING", "WAITING", "QUEUED", "DEAD"]

REASON_CHARACTERS: Final = 500
_NOW: Final = func.clock_timestamp(type_=DateTime(timezone=True))


async def park(
    session: AsyncSession,
    consumer: str,
    envelope: Envelope,
    state: ParkedState,
    reason: str,
    *,
    needs: str | None = None,
    attempts: int = 0,
    delay: float | None = None,
) -> None:
    """Park an event with a reason for the operator; it is due after `delay` seconds, or by none."""
    row = {
        "consumer": consumer,
        "event_id": envelope.event_id,
        "topic": envelope.topic,
        "key": envelope.key,
        "headers": envelope.headers,
        "payload": envelope.payload,
        "partition": envelope.partition,
        "offset": envelope.offset,
        "state": state,
        "reason": _short(reason),
        "needs": needs,
        "attempts": attempts,
    }
    await session.execute(insert(parked).values(row | {"next_try_at": _after(delay)}))
    if state == "DEAD":
        await _publish_dead_letter(session, consumer, envelope, reason, attempts)


async def due_keys(session: AsyncSession, consumer: str, limit: int = 100) -> Sequence[str]:
    """List up to `limit` keys with an event that is due, the longest parked first."""
    due = select(parked.c.key).where(parked.c.consumer == consumer, parked.c.next_try_at <= _NOW)
    in_order = due.group_by(parked.c.key).order_by(func.min(parked.c.position))
    return (await session.scalars(in_order.limit(limit))).all()


async def next_to_try(
    session: AsyncSession, consumer: str, key: str, *, passing: Collection[str] = ()
) -> Row[Any] | None:
    """Lock a key and choose the event to try: the first, or one that may pass those that wait.

    Events of the topics in `passing` came too early just now and are passed over.
    """
    await lock_key(session, consumer, key)
    passed = set(passing)
    rows: Sequence[Row[Any]] = (await session.execute(_in_order(consumer, key).limit(200))).all()
    for row in rows:
        if row.state == "DEAD" or (row.state == "FAILING" and not row.due):
            return None
        if row.topic in passed:
            continue
        if row.state != "WAITING" or row.due:
            return row
        passed.add(row.topic)
    return None


async def pop_for_retry(session: AsyncSession, consumer: str, row: Row[Any]) -> Envelope:
    """Remove a parked event to handle it, and make the first QUEUED one of its key due."""
    this = (parked.c.consumer == consumer) & (parked.c.event_id == row.event_id)
    columns = [parked.c[name] for name in Envelope._fields]
    popped = (await session.execute(delete(parked).where(this).returning(*columns))).one()
    of_key = (parked.c.consumer == consumer) & (parked.c.key == row.key)
    next_in_line = (
        select(func.min(parked.c.position)).where(of_key, parked.c.state == "QUEUED")
    ).scalar_subquery()
    await session.execute(
        update(parked).where(parked.c.position == next_in_line).values(next_try_at=_after(0))
    )
    return Envelope(**popped._asdict())


async def release(session: AsyncSession, consumer: str, key: str) -> None:
    """Make the first event of a key due, because the one before it is gone or was redriven.

    Only an event that may be tried becomes due: the timer would return to another for ever.
    """
    row = await next_to_try(session, consumer, key)
    if row is not None:
        await _set(session, consumer, row, {}, 0)


async def make_due(session: AsyncSession, consumer: str, keys: Collection[str]) -> None:
    """Make the WAITING events of these keys due: another event of each key was handled."""
    waiting = (parked.c.key == any_of(keys)) & (parked.c.state == "WAITING")
    await session.execute(
        update(parked).where(parked.c.consumer == consumer, waiting).values(next_try_at=_after(0))
    )


async def postpone(
    session: AsyncSession, consumer: str, row: Row[Any], reason: str, delay: float
) -> None:
    """Note that a parked event failed again and when to try it next."""
    values = {"state": "FAILING", "attempts": row.attempts + 1, "needs": None}
    await _set(session, consumer, row, values | {"reason": _short(reason)}, delay)


async def defer_again(
    session: AsyncSession, consumer: str, row: Row[Any], needs: str, delay: float
) -> None:
    """Note that a parked event still comes too early, and so do its followers on its topic."""
    waiting = {"state": "WAITING", "reason": f"waiting for {needs}", "needs": needs}
    in_order = (await session.execute(_in_order(consumer, row.key).limit(200))).all()
    for follower in in_order:
        if follower.state in ("DEAD", "FAILING") and follower.event_id != row.event_id:
            break
        if follower.topic == row.topic:
            attempts = follower.attempts + (follower.event_id == row.event_id)
            await _set(session, consumer, follower, waiting | {"attempts": attempts}, delay)


async def mark_dead(session: AsyncSession, consumer: str, row: Row[Any], reason: str) -> None:
    """Leave a parked event to a person, and publish it on the dead letter topic."""
    values = {"state": "DEAD", "attempts": row.attempts + 1, "reason": _short(reason)}
    await _set(session, consumer, row, values, None)
    this = (parked.c.consumer == consumer) & (parked.c.event_id == row.event_id)
    columns = [parked.c[name] for name in Envelope._fields]
    marked = (await session.execute(select(*columns).where(this))).one_or_none()
    if marked is None:
        return  # another replica was quicker, and handled it
    envelope = Envelope(**marked._asdict())
    await _publish_dead_letter(session, consumer, envelope, reason, row.attempts + 1)


async def _publish_dead_letter(
    session: AsyncSession, consumer: str, envelope: Envelope, reason: str, attempts: int
) -> None:
    notes = {
        "dlq-reason": _short(reason),
        "dlq-attempts": str(attempts),
        "dlq-topic": envelope.topic,
        "dlq-partition": "" if envelope.partition is None else str(envelope.partition),
        "dlq-offset": "" if envelope.offset is None else str(envelope.offset),
    }
    letter = envelope._replace(
        event_id=uuid7(), topic=f"dlq.{consumer}", headers=envelope.headers | notes
    )
    try:
        await outbox.put(session, letter)
    except outbox.CannotBeSent:  # the whole of it stays in the table
        small = {"ce_id": str(envelope.event_id), **notes, "dlq-left-out": "headers, payload"}
        await outbox.put(session, letter._replace(key=letter.key[:100], headers=small, payload=b""))


async def _set(
    session: AsyncSession, consumer: str, row: Row[Any], values: dict[str, Any], delay: float | None
) -> None:
    this = (parked.c.consumer == consumer) & (parked.c.event_id == row.event_id)
    await session.execute(update(parked).where(this).values(next_try_at=_after(delay), **values))


def _in_order(consumer: str, key: str) -> Select[Any]:
    due = (parked.c.next_try_at <= _NOW).label("due")
    names = ("event_id", "key", "topic", "state", "attempts", "parked_at")
    of_key = (parked.c.consumer == consumer) & (parked.c.key == key)
    return (
        select(*(parked.c[name] for name in names), due).where(of_key).order_by(parked.c.position)
    )


def _after(seconds: float | None) -> Any:
    # No moment for states that the timer does not decide about.
    return None if seconds is None else _NOW + timedelta(seconds=seconds)


def _short(reason: str) -> str:
    return reason.replace("\0", "\N{REPLACEMENT CHARACTER}")[:REASON_CHARACTERS]
