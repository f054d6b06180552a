"""Stating facts about holds: to the other services, and to the partners whose holds they are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select

from events import Event
from feed import journal, leases
from feed.journal import note
from hold.feed.domain import TOLD, CursorAhead, CursorTooOld, news_of
from hold.holds.domain import Hold
from hold.tables import partners
from kit.db import Database, Tx

LARGEST: Final = 2**63 - 1


async def state(tx: Tx, *facts: Event) -> None:
    """State facts on the bus and in the lists of partners, in one transaction.

    Not by listening to our own topics: between topics there is no order, and a list that tells of
    an end before the beginning is of no use to anybody.
    """
    await tx.publish(*facts)
    for fact in facts:
        if type(fact) in TOLD:
            hold = await tx.get_one(Hold, UUID(fact.key))
            await note(tx, *news_of(fact, hold, await _referrers(tx, hold)))


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


async def _referrers(tx: Tx, hold: Hold) -> Sequence[UUID]:
    if hold.referrer_code is None:
        return ()
    named = (partners.c.channel_code == hold.referrer_code) & partners.c.active
    return (await tx.scalars(select(partners.c.partner_id).where(named))).all()
