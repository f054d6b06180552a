"""The list of a partner: noted with the change, numbered afterwards, without a gap.

A number is given under the lock of the partner's counter, and that lock ends with the commit: no
number is seen before all lower ones, and one that was rolled back is given again. Business
transactions never hold this lock. They only note what happened, so they wait neither for each
other nor in a circle; the first reader or delivery gives the numbers.
"""

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import RowMapping, delete, exists, func, insert, select, update
from sqlalchemy import event as hooks
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from events.transport.compatibility import has_changes
from events.transport.subscriptions import S, Transaction
from feed import wakeups
from feed.entries import FeedEvent, News, Span
from feed.tables import feeds, news, partner_events

log = structlog.get_logger()

BATCH: Final = 500
TOLD: Final = ("partner_id", "event_id", "type", "timestamp", "data")


async def note(session: AsyncSession, *told: News) -> None:
    """Note news with the change that caused them. Those of one thing keep their order.

    The thing's row must be locked by then: the lock makes its notes follow each other.
    """
    if not told:
        return
    if has_changes(session):
        await session.flush()
    await session.execute(insert(news), [vars(entry) for entry in told])
    session.info.setdefault(note, set()).update(entry.partner_id for entry in told)


async def number(session: AsyncSession, partner_id: UUID, batch: int = BATCH) -> int:
    """Give a partner's news their numbers, and return how many there were."""
    if not await session.scalar(select(exists().where(news.c.partner_id == partner_id))):
        return 0
    await _lock(session, partner_id)
    # A statement of its own: it sees what was committed while we waited for the lock.
    noted = select(news.c.id).where(news.c.partner_id == partner_id).order_by(news.c.id)
    taken = await session.execute(
        delete(news).where(news.c.id.in_(noted.limit(batch))).returning(*news.c)
    )
    rows = sorted(taken.mappings(), key=itemgetter("id"))
    fresh = await _not_yet_known(session, partner_id, rows)
    if fresh:
        counted = update(feeds).where(feeds.c.partner_id == partner_id)
        last = await session.scalar(
            counted.values(sequence=feeds.c.sequence + len(fresh)).returning(feeds.c.sequence)
        )
        assert last
        numbers = range(last - len(fresh) + 1, last + 1)
        entries = [
            {name: row[name] for name in TOLD} | {"sequence": sequence}
            for sequence, row in zip(numbers, fresh, strict=True)
        ]
        await session.execute(insert(partner_events), entries)
    return len(rows)


async def number_all(transaction: Transaction[S]) -> int:
    """Give everybody's news their numbers: a transaction for each partner, and each for itself."""
    async with transaction() as tx:
        waiting = (await tx.scalars(select(news.c.partner_id).distinct())).all()
    done = 0
    for partner_id in waiting:
        try:
            async with transaction() as tx:
                done += await number(tx, partner_id)
        except Exception as error:  # noqa: BLE001, one partner's news keep nobody else's back
            because = type(error).__name__
            log.error("news_not_numbered", partner_id=str(partner_id), because=because)  # noqa: TRY400
    return done


async def read(
    session: AsyncSession, partner_id: UUID, *, after: int, limit: int
) -> list[FeedEvent]:
    """Return what follows a number, in order."""
    await number(session, partner_id)
    following = (
        select(partner_events)
        .where(partner_events.c.partner_id == partner_id, partner_events.c.sequence > after)
        .order_by(partner_events.c.sequence)
        .limit(limit)
    )
    return [FeedEvent.model_validate(row) for row in await session.execute(following)]


async def span(session: AsyncSession, partner_id: UUID) -> Span:
    """Tell how far a partner's list goes."""
    await number(session, partner_id)
    counters = select(feeds.c.pruned_to, feeds.c.sequence).where(feeds.c.partner_id == partner_id)
    row = (await session.execute(counters)).one_or_none()
    return Span(*row) if row else Span(0, 0)


async def prune(session: AsyncSession, *, before: datetime, batch: int = BATCH) -> int:
    """Forget the oldest entries of one partner that has some so old."""
    old = partner_events.c.numbered_at < before
    partner_id = await session.scalar(select(partner_events.c.partner_id).where(old).limit(1))
    if partner_id is None:
        return 0
    # Numbers and ages go up together, so what is forgotten is the beginning of the list.
    of_partner = (partner_events.c.partner_id == partner_id) & old
    first = select(partner_events.c.sequence).where(of_partner).order_by(partner_events.c.sequence)
    gone = await session.scalars(
        delete(partner_events)
        .where(of_partner, partner_events.c.sequence.in_(first.limit(batch)))
        .returning(partner_events.c.sequence)
    )
    numbers = gone.all()
    if numbers:
        last = func.greatest(feeds.c.pruned_to, max(numbers))
        mine_now = update(feeds).where(feeds.c.partner_id == partner_id)
        await session.execute(mine_now.values(pruned_to=last))
    return len(numbers)


async def _lock(session: AsyncSession, partner_id: UUID) -> None:
    counter = insert_or(feeds).values(partner_id=partner_id).on_conflict_do_nothing()
    await session.execute(counter)
    locked = select(feeds.c.partner_id).where(feeds.c.partner_id == partner_id)
    await session.execute(locked.with_for_update())


async def _not_yet_known(
    session: AsyncSession, partner_id: UUID, rows: Sequence[RowMapping]
) -> list[RowMapping]:
    ids = [row["event_id"] for row in rows]
    known = select(partner_events.c.event_id).where(
        partner_events.c.partner_id == partner_id, partner_events.c.event_id.in_(ids)
    )
    seen = set(await session.scalars(known))
    # A dictionary keeps the first place of an event that was noted twice.
    return list({row["event_id"]: row for row in rows if row["event_id"] not in seen}.values())


@hooks.listens_for(Session, "after_commit")
def _ring(session: Session) -> None:
    for partner_id in session.info.get(note, ()):
        wakeups.wake(partner_id)
