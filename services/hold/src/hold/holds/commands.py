"""The transitions of a hold. HTTP, Kafka and the clock all come through here."""

import secrets
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from hold.feed.commands import publish_with_feed
from hold.holds.domain import Hold
from hold.holds.states import LIVE, UNPAID, HoldIsPaid, NumberTaken, Status
from hold.tables import holds
from hold.terms.domain import Terms
from kit.clock import VIETNAM
from kit.db import Tx
from values.hold_codes import ALPHABET, RANDOM_CHARACTERS, hold_code


async def issue_slip(tx: Tx, hold: Hold, terms: Terms, *, now: datetime) -> None:
    """Issue the slip with a code that no other slip has (F3.4 TH1, P3.2)."""
    await tx.flush()
    created = hold.issue(await _unused_code(tx, hold, now), terms, now=now)
    await publish_with_feed(tx, hold, created)


async def confirm_hold(
    tx: Tx, hold: Hold, because: Literal["PAID", "COD"], *, at: datetime, now: datetime
) -> None:
    """Make a hold the customer's to activate, or take its number back if it is still free."""
    if hold.status is Status.EXPIRED:
        await tx.advisory_lock("number", hold.number_id)
        await expire_lapsed_hold(tx, hold.number_id, now=now)
    async with tx.begin_nested():
        confirmed = hold.confirm(because, at=at, now=now)
        await tx.flush_or_raise(one_live_hold_per_number=NumberTaken(hold.number_id))
    await publish_with_feed(tx, hold, confirmed)


async def consume(tx: Tx, hold: Hold, *, now: datetime) -> None:
    """Give a number the owner that the network has connected; any other hold of it is released."""
    await tx.advisory_lock("number", hold.number_id)
    of_others = (holds.c.number_id == hold.number_id) & (holds.c.id != hold.id)
    in_the_way = select(Hold).where(of_others, holds.c.status.in_(LIVE)).with_for_update()
    for other in (await tx.scalars(in_the_way)).all():
        await publish_with_feed(tx, other, other.release("CONNECTED_TO_ANOTHER", now=now))
    await tx.flush()
    consumed = hold.consume(now=now)
    await tx.flush_or_raise(one_live_hold_per_number=NumberTaken(hold.number_id))
    await publish_with_feed(tx, hold, consumed)


async def give_up(tx: Tx, hold: Hold, reason_code: str, *, now: datetime) -> None:
    """Release an unpaid hold whose owner does not want it any more; a repeat changes nothing."""
    if hold.status in (Status.RELEASED, Status.EXPIRED):
        return
    if hold.status not in UNPAID:
        raise HoldIsPaid(hold.id)
    await publish_with_feed(tx, hold, hold.release(reason_code, now=now))


async def expire_lapsed_hold(tx: Tx, number_id: UUID, *, now: datetime) -> None:
    """Expire the hold that still keeps a number though its clock has run out, if there is one."""
    in_the_way = select(Hold).where(
        holds.c.number_id == number_id,
        holds.c.status.in_(UNPAID),
        holds.c.expires_at <= now,
    )
    if await tx.scalar(select(in_the_way.exists())) is not True:
        return
    # A late payment may be taking the same number back: the second of them has to wait here, or
    # each would wait for the other.
    await tx.advisory_lock("number", number_id)
    lapsed = await tx.scalar(in_the_way.with_for_update())
    if lapsed:
        await publish_with_feed(tx, lapsed, lapsed.expire(now=now))


def new_code(now: datetime) -> str:
    """Make a hold code of today in Vietnam that nobody can guess."""
    random = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return hold_code(now.astimezone(VIETNAM).date(), random)


async def _unused_code(tx: Tx, hold: Hold, now: datetime) -> str:
    while True:
        code = new_code(now)
        try:
            async with tx.begin_nested():
                await tx.execute(holds.update().where(holds.c.id == hold.id).values(hold_code=code))
        except IntegrityError:
            continue
        return code
