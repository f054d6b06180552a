"""Locks: taking a number while its form is filled in, or while a channel takes the money."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from events import SimKind
from hold.feed.commands import publish_with_feed
from hold.holds.commands import expire_lapsed_hold
from hold.holds.domain import Hold
from hold.holds.queries import hold_to_change, owned_by
from hold.holds.states import LIVE, NumberTaken, Owner, Status
from hold.locks.domain import HeldOtherwise, NumberResting, Quota, Retries, lock
from hold.offers.commands import must_be_on_sale
from hold.offers.domain import Offer
from hold.tables import holds
from kit.db import Tx


async def place_hold(
    tx: Tx,
    offer: Offer,
    sim: SimKind,
    customer_id: UUID,
    *,
    quota: Quota,
    retries: Retries,
    length: timedelta,
    now: datetime,
) -> Hold:
    """Lock a number for a customer who opens the form (F3.1, F3.2); a repeat finds the same."""
    await tx.advisory_lock("holds of", customer_id)
    kept = await _kept_by(tx, customer_id, now)
    if earlier := next((hold for hold in kept if hold.number_id == offer.number_id), None):
        return await _with_sim(tx, earlier, sim)
    quota.check(offer.price_class, [hold.price_class for hold in kept])
    owner = Owner("APP", customer_id)
    await check_retries(tx, retries, offer.number_id, owner, now=now)
    return await lock_number(tx, offer, sim, owner, until=now + length, now=now)


async def lock_number(
    tx: Tx,
    offer: Offer,
    sim: SimKind,
    owner: Owner,
    *,
    reference: str | None = None,
    until: datetime,
    now: datetime,
) -> Hold:
    """Take the number, unless it is held, resting or off sale; the index decides races."""
    await must_be_on_sale(tx, offer.number_id)
    await expire_lapsed_hold(tx, offer.number_id, now=now)
    hold, locked = lock(offer, sim, owner, reference=reference, until=until, now=now)
    tx.add(hold)
    await tx.flush_or_raise(one_live_hold_per_number=NumberTaken(offer.number_id))
    # Asked with the number in hand: who waited at the index for a release sees its rest now.
    if rest_ends := await _rests_until(tx, offer.number_id, now):
        raise NumberResting(offer.number_id, rest_ends)
    await publish_with_feed(tx, hold, locked)
    return hold


async def check_retries(
    tx: Tx, retries: Retries, number_id: UUID, owner: Owner, *, now: datetime
) -> None:
    """Refuse to lock a number again for an owner who had it often and never paid."""
    ended = holds.c.status.in_((Status.RELEASED, Status.EXPIRED))
    lately = (holds.c.number_id == number_id) & (holds.c.created_at > now - retries.within)
    begun = select(holds.c.created_at).where(lately, ended, owned_by(owner))
    retries.check(number_id, (await tx.scalars(begun.order_by(holds.c.created_at))).all())


async def extend_lock(
    tx: Tx, hold_id: UUID, customer_id: UUID, *, by: timedelta, now: datetime
) -> Hold:
    """Give a customer more time for the form, once."""
    hold = await hold_to_change(tx, Owner("APP", customer_id), hold_id)
    await publish_with_feed(tx, hold, hold.extend_lock(by, now=now))
    return hold


async def _with_sim(tx: Tx, hold: Hold, sim: SimKind) -> Hold:
    if hold.sim != sim:
        await tx.refresh(hold, with_for_update=True)
        if hold.status is not Status.DRAFT:
            raise HeldOtherwise(hold.id, differs=["sim"])
        hold.sim = sim
    return hold


async def _kept_by(tx: Tx, customer_id: UUID, now: datetime) -> list[Hold]:
    live = select(Hold).where(holds.c.customer_id == customer_id, holds.c.status.in_(LIVE))
    rows = await tx.scalars(live.order_by(holds.c.id))
    return [hold for hold in rows if not hold.is_lapsed(now)]


async def _rests_until(tx: Tx, number_id: UUID, now: datetime) -> datetime | None:
    resting = (holds.c.number_id == number_id) & (holds.c.rests_until > now)
    until: datetime | None = await tx.scalar(select(func.max(holds.c.rests_until)).where(resting))
    return until
