"""What can be done to a hold. HTTP, Kafka and the clock all come through here."""

from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from events import SimKind
from hold.codes.domain import new_code
from hold.feed.commands import state
from hold.holds.domain import Hold, HoldIsPaid, NoSuchHold
from hold.holds.states import LIVE, UNPAID, Status
from hold.locks.domain import HeldOtherwise, NumberResting, Quota, Retries, Terms
from hold.offers.domain import NumberNotOnSale, NumberTaken, Offer
from hold.tables import holds, withdrawn_numbers
from kit.db import Tx


async def place_hold(
    tx: Tx,
    offer: Offer,
    sim: SimKind,
    customer_id: UUID,
    *,
    quota: Quota,
    retries: Retries,
    lock: timedelta,
    now: datetime,
) -> Hold:
    """Lock a number for a customer who opens the form (F3.1, F3.2); a repeat finds the same."""
    await tx.take_turns("holds of", customer_id)
    kept = await _kept_by(tx, customer_id, now)
    if again := next((hold for hold in kept if hold.number_id == offer.number_id), None):
        return await _again(tx, again, sim)
    quota.check(offer.price_class, [hold.price_class for hold in kept])
    await check_retries(tx, retries, offer.number_id, holds.c.customer_id == customer_id, now=now)
    return await lock_number(
        tx, offer, sim, now=now, until=now + lock, entrance="APP", customer_id=customer_id
    )


async def lock_number(
    tx: Tx, offer: Offer, sim: SimKind, *, now: datetime, until: datetime, **owner: Any
) -> Hold:
    """Take the number, unless it is somebody's, resting or off sale; the index decides races."""
    if await _is_withdrawn(tx, offer.number_id):
        raise NumberNotOnSale(offer.number_id)
    await expire_what_lapsed(tx, offer.number_id, now=now)
    hold, locked = Hold.lock(offer, sim, now=now, until=until, **owner)
    tx.add(hold)
    await tx.flush_or_raise(one_live_hold_per_number=NumberTaken(offer.number_id))
    # Asked with the number in hand: who waited at the index for a release sees its rest now.
    if rest_ends := await _rests_until(tx, offer.number_id, now):
        raise NumberResting(offer.number_id, rest_ends)
    await state(tx, locked)
    return hold


async def check_retries(
    tx: Tx, retries: Retries, number_id: UUID, owner: ColumnElement[bool], *, now: datetime
) -> None:
    """Refuse to lock a number again for an owner who had it often and never paid."""
    ended = holds.c.status.in_((Status.RELEASED, Status.EXPIRED))
    lately = (holds.c.number_id == number_id) & (holds.c.created_at > now - retries.within)
    begun = select(holds.c.created_at).where(lately, ended, owner).order_by(holds.c.created_at)
    retries.check(number_id, (await tx.scalars(begun)).all())


async def extend_lock(
    tx: Tx, hold_id: UUID, customer_id: UUID, *, by: timedelta, now: datetime
) -> Hold:
    """Give a customer more time for the form, once."""
    hold = await own_hold(tx, hold_id, customer_id=customer_id)
    await state(tx, hold.extend_lock(by, now=now))
    return hold


async def issue_slip(tx: Tx, hold: Hold, terms: Terms, *, now: datetime) -> None:
    """Issue the slip with a code that no other slip has (F3.4 TH1, P3.2)."""
    await tx.flush()
    created = hold.issue(await _fresh_code(tx, hold, now), terms, now=now)
    await state(tx, created)


async def confirm_hold(
    tx: Tx, hold: Hold, because: Literal["PAID", "COD"], *, at: datetime, now: datetime
) -> None:
    """Make a hold the customer's to activate, or take its number back if it is still free."""
    if hold.status is Status.EXPIRED:
        await tx.take_turns("number", hold.number_id)
        await expire_what_lapsed(tx, hold.number_id, now=now)
    async with tx.begin_nested():
        confirmed = hold.confirm(because, at=at, now=now)
        await tx.flush_or_raise(one_live_hold_per_number=NumberTaken(hold.number_id))
    await state(tx, confirmed)


async def consume(tx: Tx, hold: Hold, *, now: datetime) -> None:
    """Give a number the owner that the network has connected; whoever has it otherwise loses it."""
    await tx.take_turns("number", hold.number_id)
    of_others = (holds.c.number_id == hold.number_id) & (holds.c.id != hold.id)
    in_the_way = select(Hold).where(of_others, holds.c.status.in_(LIVE)).with_for_update()
    for other in (await tx.scalars(in_the_way)).all():
        await state(tx, other.release("CONNECTED_TO_ANOTHER", now=now))
    await tx.flush()
    consumed = hold.consume(now=now)
    await tx.flush_or_raise(one_live_hold_per_number=NumberTaken(hold.number_id))
    await state(tx, consumed)


async def give_up(tx: Tx, hold: Hold, reason_code: str, *, now: datetime) -> None:
    """Release an unpaid hold whose owner does not want it any more; a repeat changes nothing."""
    if hold.status in (Status.RELEASED, Status.EXPIRED):
        return
    if hold.status not in UNPAID:
        raise HoldIsPaid(hold.id)
    await state(tx, hold.release(reason_code, now=now))


async def note_on_sale(tx: Tx, number_id: UUID, *, withdrawn: bool, at: datetime) -> None:
    """Remember whether a number may be held; the newest word counts."""
    said = insert(withdrawn_numbers).values(number_id=number_id, withdrawn=withdrawn, at=at)
    await tx.execute(
        said.on_conflict_do_update(
            index_elements=["number_id"],
            set_={"withdrawn": withdrawn, "at": at},
            where=withdrawn_numbers.c.at < at,
        )
    )


async def find_hold(tx: Tx, hold_id: UUID) -> Hold | None:
    """Return a hold to change, if there is one."""
    return await tx.get(Hold, hold_id, with_for_update=True)


async def own_hold(
    tx: Tx, hold_id: UUID, *, customer_id: UUID | None = None, partner_id: UUID | None = None
) -> Hold:
    """Return one's own hold to change; another's looks like none at all."""
    hold = await find_hold(tx, hold_id)
    if hold is None or not _belongs(hold, customer_id, partner_id):
        raise NoSuchHold
    return hold


def _belongs(hold: Hold, customer_id: UUID | None, partner_id: UUID | None) -> bool:
    if customer_id:
        return hold.customer_id == customer_id
    return partner_id is not None and hold.partner_id == partner_id


async def _again(tx: Tx, hold: Hold, sim: SimKind) -> Hold:
    if hold.sim != sim:
        await tx.refresh(hold, with_for_update=True)
        if hold.status is not Status.DRAFT:
            raise HeldOtherwise(hold.id, differs=["sim"])
        hold.sim = sim
    return hold


async def _kept_by(tx: Tx, customer_id: UUID, now: datetime) -> list[Hold]:
    mine = select(Hold).where(holds.c.customer_id == customer_id, holds.c.status.in_(LIVE))
    found = await tx.scalars(mine.order_by(holds.c.id))
    return [hold for hold in found if not hold.is_lapsed(now)]


async def _rests_until(tx: Tx, number_id: UUID, now: datetime) -> datetime | None:
    of_it = (holds.c.number_id == number_id) & (holds.c.rests_until > now)
    until: datetime | None = await tx.scalar(select(func.max(holds.c.rests_until)).where(of_it))
    return until


async def _is_withdrawn(tx: Tx, number_id: UUID) -> bool:
    off = exists().where(withdrawn_numbers.c.number_id == number_id, withdrawn_numbers.c.withdrawn)
    return bool(await tx.scalar(select(off)))


async def expire_what_lapsed(tx: Tx, number_id: UUID, *, now: datetime) -> None:
    """End whatever still keeps a number though its clock has run out."""
    in_the_way = select(Hold).where(
        holds.c.number_id == number_id,
        holds.c.status.in_(UNPAID),
        holds.c.expires_at <= now,
    )
    if await tx.scalar(select(in_the_way.exists())) is not True:
        return
    # A late payment may be taking the same number back: whoever comes second has to wait here, or
    # each would wait for the other.
    await tx.take_turns("number", number_id)
    lapsed = await tx.scalar(in_the_way.with_for_update())
    if lapsed:
        await state(tx, lapsed.expire(now=now))


async def _fresh_code(tx: Tx, hold: Hold, now: datetime) -> str:
    while True:
        code = new_code(now)
        try:
            async with tx.begin_nested():
                await tx.execute(holds.update().where(holds.c.id == hold.id).values(hold_code=code))
        except IntegrityError:
            continue
        return code
