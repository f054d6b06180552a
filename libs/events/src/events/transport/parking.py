"""Where events wait that could not be handled, each with its followers, in the order of their key.

Whoever decides about the parked events of a key holds the key's lock until their transaction ends,
so that two events of one journey are never handled at the same time.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Literal

from sqlalchemy import DateTime, Row, Select, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from events.ids import uuid7
from events.transport import outbox
from events.transport.envelope import Envelope
from events.transport.shards import rows_of
from events.transport.tables import parked

State = Literal["FAILING", "WAITING", "QUEUED", "DEAD"]

REASON_CHARACTERS: Final = 500
SOME: Final = "select distinct key from parked where consumer = %s and key = any(%s)"
_NOW: Final = func.clock_timestamp(type_=DateTime(timezone=True))


@dataclass
class Shut:
    """What of a key cannot be handled now, because something before it is parked."""

    wholly: bool = False
    waits: dict[str, str] = field(default_factory=dict)
    """By topic, what its first parked event waits for."""

    def holds(self, topic: str) -> bool:
        """Tell whether an event of this topic has to queue, or would overtake another."""
        return self.wholly or topic in self.waits


async def what_is_shut(
    session: AsyncSession, consumer: str, keys: Collection[str]
) -> dict[str, Shut]:
    """Look up what is parked of these keys, and keep it so until the transaction ends."""
    mine = (parked.c.consumer == consumer) & parked.c.key.in_(keys)
    some = await rows_of(session, SOME, (consumer, list(keys)))
    if not some:
        return {}
    for (key,) in sorted(some):  # one order for everybody: nobody waits in a circle
        await lock(session, consumer, key)
    shut: dict[str, Shut] = {}
    columns = (parked.c.key, parked.c.topic, parked.c.state, parked.c.needs)
    rows = await session.execute(select(*columns).where(mine).order_by(parked.c.position))
    for key, topic, state, needs in rows:
        of_key = shut.setdefault(key, Shut())
        if state == "WAITING":
            of_key.waits.setdefault(topic, needs)
        else:
            of_key.wholly = True
    return shut


async def lock(session: AsyncSession, consumer: str, key: str) -> None:
    """Wait until nobody else decides about the parked events of a key."""
    name = f"parked:{consumer}:{key}"
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


async def park(
    session: AsyncSession,
    consumer: str,
    envelope: Envelope,
    state: State,
    reason: str,
    *,
    needs: str | None = None,
    attempts: int = 0,
    rest: float | None = None,
) -> None:
    """Set an event aside, with the reason an operator will read; `rest` is in seconds."""
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
    await session.execute(insert(parked).values(row | {"next_try_at": _after(rest)}))
    if state == "DEAD":
        await _tell_that_it_died(session, consumer, envelope, reason, attempts)


async def due_keys(session: AsyncSession, consumer: str, limit: int = 100) -> Sequence[str]:
    """List the keys that the clock says to try, the longest parked first."""
    due = select(parked.c.key).where(parked.c.consumer == consumer, parked.c.next_try_at <= _NOW)
    in_order = due.group_by(parked.c.key).order_by(func.min(parked.c.position))
    return (await session.scalars(in_order.limit(limit))).all()


async def next_of(
    session: AsyncSession, consumer: str, key: str, *, but: Collection[str] = ()
) -> Row[Any] | None:
    """Choose what to try of a key: the first, or what may pass those that wait. Takes the lock."""
    await lock(session, consumer, key)
    passed = set(but)
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


async def take_out(session: AsyncSession, consumer: str, row: Row[Any]) -> Envelope:
    """Remove a parked event to handle it, and let the next in its line be tried."""
    this = (parked.c.consumer == consumer) & (parked.c.event_id == row.event_id)
    columns = [parked.c[name] for name in Envelope._fields]
    found = (await session.execute(delete(parked).where(this).returning(*columns))).one()
    mine = (parked.c.consumer == consumer) & (parked.c.key == row.key)
    next_in_line = (
        select(func.min(parked.c.position)).where(mine, parked.c.state == "QUEUED")
    ).scalar_subquery()
    await session.execute(
        update(parked).where(parked.c.position == next_in_line).values(next_try_at=_after(0))
    )
    return Envelope(**found._mapping)  # noqa: SLF001, the documented name of a row's mapping


async def release(session: AsyncSession, consumer: str, key: str) -> None:
    """Let what is now first of a key be tried, because what was before it no longer stands there.

    Only what may be tried becomes due: the clock would come back for anything else without end.
    """
    row = await next_of(session, consumer, key)
    if row is not None:
        await _set(session, consumer, row, {}, 0)


async def wake(session: AsyncSession, consumer: str, keys: Collection[str]) -> None:
    """Let what waits for its journey be tried now: something of the journey was handled."""
    waiting = parked.c.key.in_(keys) & (parked.c.state == "WAITING")
    await session.execute(
        update(parked).where(parked.c.consumer == consumer, waiting).values(next_try_at=_after(0))
    )


async def postpone(
    session: AsyncSession, consumer: str, row: Row[Any], reason: str, rest: float
) -> None:
    """Note that a parked event failed again and when to try it next."""
    values = {"state": "FAILING", "attempts": row.attempts + 1, "needs": None}
    await _set(session, consumer, row, values | {"reason": _short(reason)}, rest)


async def keep_waiting(
    session: AsyncSession, consumer: str, row: Row[Any], needs: str, rest: float
) -> None:
    """Note that a parked event still comes too early, and so do its followers on its topic."""
    waiting = {"state": "WAITING", "reason": f"waiting for {needs}", "needs": needs}
    line = (await session.execute(_in_order(consumer, row.key).limit(200))).all()
    for follower in line:
        if follower.state in ("DEAD", "FAILING") and follower.event_id != row.event_id:
            break
        if follower.topic == row.topic:
            attempts = follower.attempts + (follower.event_id == row.event_id)
            await _set(session, consumer, follower, waiting | {"attempts": attempts}, rest)


async def bury(session: AsyncSession, consumer: str, row: Row[Any], reason: str) -> None:
    """Give a parked event up until a person looks; everybody may know that it is so."""
    values = {"state": "DEAD", "attempts": row.attempts + 1, "reason": _short(reason)}
    await _set(session, consumer, row, values, None)
    this = (parked.c.consumer == consumer) & (parked.c.event_id == row.event_id)
    columns = [parked.c[name] for name in Envelope._fields]
    found = (await session.execute(select(*columns).where(this))).one_or_none()
    if found is None:
        return  # another replica was quicker, and luckier
    envelope = Envelope(**found._mapping)  # noqa: SLF001, the documented name of a row's mapping
    await _tell_that_it_died(session, consumer, envelope, reason, row.attempts + 1)


async def _tell_that_it_died(
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
    session: AsyncSession, consumer: str, row: Row[Any], values: dict[str, Any], rest: float | None
) -> None:
    this = (parked.c.consumer == consumer) & (parked.c.event_id == row.event_id)
    await session.execute(update(parked).where(this).values(next_try_at=_after(rest), **values))


def _in_order(consumer: str, key: str) -> Select[Any]:
    due = (parked.c.next_try_at <= _NOW).label("due")
    names = ("event_id", "key", "topic", "state", "attempts", "parked_at")
    mine = (parked.c.consumer == consumer) & (parked.c.key == key)
    return select(*(parked.c[name] for name in names), due).where(mine).order_by(parked.c.position)


def _after(seconds: float | None) -> Any:
    # Nothing for what the clock does not decide about.
    return None if seconds is None else _NOW + timedelta(seconds=seconds)


def _short(reason: str) -> str:
    return reason.replace("\0", "\N{REPLACEMENT CHARACTER}")[:REASON_CHARACTERS]
