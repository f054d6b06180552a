"""Facts about holds: published to the other services, and noted for the partners concerned."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from events import Event
from feed import journal, leases
from feed.journal import note
from hold.feed.domain import TOLD, CursorAhead, CursorTooOld, ToldHold, news_of
from hold.tables import partners
from kit.db import Database, Tx


async def publish_with_feed(tx: Tx, hold: ToldHold, *facts: Event) -> None:
    """Publish facts about a hold, and note them for its partners in the same transaction.

    Not by listening to our own topics: between topics there is no order, and a list that tells of
    an end before the beginning is of no use to anybody.
    """
    await tx.publish(*facts)
    for fact in facts:
        if type(fact) in TOLD:
            await note(tx, *news_of(fact, hold, await _referrers(tx, hold.referrer_code)))


async def place_in(tx: Tx, partner_id: UUID, after: int | None) -> int:
    """Check a cursor; without one, begin with the oldest entry that is kept."""
    span = await journal.span(tx, partner_id)
    if after is None:
        return span.pruned_to
    if after < span.pruned_to:
        raise CursorTooOld(after, span.pruned_to)
    if after > span.newest:
        raise CursorAhead(after, span.newest)
    return after


async def forget(db: Database, *, before: datetime) -> int:
    """Forget what is older than partners may ask for."""
    async with db.transaction() as tx:
        done = await journal.prune(tx, before=before)
    async with db.transaction() as tx:
        return done + await leases.forget(tx, before=before)


async def _referrers(tx: Tx, code: str | None) -> Sequence[UUID]:
    if code is None:
        return ()
    named = (partners.c.channel_code == code) & partners.c.active
    return (await tx.scalars(select(partners.c.partner_id).where(named))).all()
