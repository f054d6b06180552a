"""Sales of a channel: a number is locked, the money taken, then the slip issued (P2.2, P3.2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from events import SimKind
from hold.channels.commands import terms_of
from hold.holds import commands as holds_commands
from hold.holds.domain import Hold
from hold.holds.queries import hold_to_change
from hold.holds.states import LIVE, HoldClosed, Owner, Status
from hold.locks import commands as locks
from hold.offers.domain import Offer
from hold.partners.domain import (
    ChannelLocks,
    ReferenceUsed,
    Sale,
    TooManyLocks,
)
from hold.tables import holds
from hold.terms.domain import Terms
from kit.db import Tx
from kit.idempotency import IdempotentRequest, find_result, save_result
from kit.sealing import Sealer


async def lock_number(
    tx: Tx,
    channel: Owner,
    offer: Offer,
    sim: SimKind,
    *,
    reference: str | None,
    may: ChannelLocks,
    now: datetime,
) -> Hold:
    """Lock a number before the channel takes the money (G05)."""
    (await terms_of(tx, channel.id)).check(sim)
    await tx.advisory_lock("locks of", channel.id)
    content = {"number_id": str(offer.number_id), "sim": sim}
    request = IdempotentRequest(
        caller=channel.id, route="POST /v1/partner/locks", key=reference, content=content
    )
    again = await find_result(tx, request, now=now)
    if again and (same := await _still_locked(tx, again, now)):
        return same
    if await _open_locks(tx, channel.id, now) >= may.at_once:
        raise TooManyLocks(may.at_once)
    await locks.check_retries(tx, may.retries, offer.number_id, channel, now=now)
    until = now + may.length
    hold = await locks.lock_number(
        tx, offer, sim, channel, reference=reference, until=until, now=now
    )
    await save_result(tx, request, hold.id, now=now, keep=None)
    return hold


async def sell(
    tx: Tx,
    channel: Owner,
    hold_id: UUID,
    sale: Sale,
    *,
    sealer: Sealer,
    terms: Terms,
    now: datetime,
) -> Hold:
    """Issue the slip of a number the channel was paid for; a repeat finds the same slip."""
    partner = await terms_of(tx, channel.id)
    request = IdempotentRequest(
        caller=channel.id,
        route="POST /v1/partner/holds",
        key=sale.partner_reference,
        content=sale.said(hold_id),
    )
    if made := await find_result(tx, request, now=now):
        return await hold_to_change(tx, channel, made)
    hold = await hold_to_change(tx, channel, hold_id)
    if hold.partner_reference == sale.partner_reference:  # sold before requests were remembered
        return hold
    if hold.partner_reference:
        raise ReferenceUsed(sale.partner_reference)
    if hold.status is not Status.DRAFT:
        raise HoldClosed(hold.id, hold.status)
    partner.check(hold.sim)
    sale = sale.checked(hold, now=now)
    if hold.is_lapsed(now) and sale.collected_at >= hold.expires_at:
        raise HoldClosed(hold.id, Status.EXPIRED)
    sale.write_on(hold, partner)
    hold.seal({"contact_phone": sale.customer_phone}, sealer)
    await tx.flush_or_raise(one_hold_per_partner_reference=ReferenceUsed(sale.partner_reference))
    await holds_commands.issue_slip(tx, hold, terms, now=now)
    await save_result(tx, request, hold.id, now=now, keep=None)
    return hold


async def give_up(tx: Tx, channel: Owner, hold_id: UUID, *, now: datetime) -> None:
    """Release a lock, or a slip that is not confirmed yet."""
    hold = await hold_to_change(tx, channel, hold_id)
    await holds_commands.give_up(tx, hold, "CHANNEL", now=now)


async def _still_locked(tx: Tx, hold_id: UUID, now: datetime) -> Hold | None:
    # A lock that lapsed is no answer to a cart that is still there: it gets a new one.
    hold = await tx.get_one(Hold, hold_id)
    return hold if hold.status in LIVE and not hold.is_lapsed(now) else None


async def _open_locks(tx: Tx, partner_id: UUID, now: datetime) -> int:
    of_partner = holds.c.partner_id == partner_id
    unpaid = (holds.c.status == Status.DRAFT) & (holds.c.expires_at > now)
    return await tx.scalar(select(func.count()).select_from(holds).where(of_partner, unpaid)) or 0
