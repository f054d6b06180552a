"""What a sales channel can do: lock a number, take the money, then hold (P2.2, P3.2)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from events import PartnerChanged, SimKind
from feed import endpoints
from hold.holds import commands
from hold.holds.domain import Hold, HoldClosed
from hold.holds.states import LIVE, Status
from hold.locks.domain import ChannelLocks, Terms
from hold.offers.domain import Offer
from hold.partners.domain import (
    PartnerClosed,
    PartnerNotKnownYet,
    PartnerTerms,
    ReferenceUsed,
    Sale,
    TooManyLocks,
)
from hold.registrations.commands import seal
from hold.tables import holds, partners
from kit.db import Tx
from kit.idempotency import Named, made_by, remember
from kit.sealing import Sealer


@dataclass(frozen=True)
class Channel:
    """Who asks: the partner, and the channel its token names."""

    partner_id: UUID
    channel_code: str | None


async def lock_number(
    tx: Tx,
    channel: Channel,
    offer: Offer,
    sim: SimKind,
    *,
    reference: str | None,
    may: ChannelLocks,
    now: datetime,
) -> Hold:
    """Lock a number before the channel takes the money (G05)."""
    (await _terms_of(tx, channel.partner_id)).check(sim)
    await tx.take_turns("locks of", channel.partner_id)
    said = {"number_id": str(offer.number_id), "sim": sim}
    request = Named(
        caller=channel.partner_id, route="POST /v1/partner/locks", key=reference, said=said
    )
    again = await made_by(tx, request, now=now)
    if again and (same := await _still_locked(tx, again, now)):
        return same
    if await _open_locks(tx, channel.partner_id, now) >= may.at_once:
        raise TooManyLocks(may.at_once)
    mine = holds.c.partner_id == channel.partner_id
    await commands.check_retries(tx, may.retries, offer.number_id, mine, now=now)
    hold = await commands.lock_number(
        tx,
        offer,
        sim,
        now=now,
        until=now + may.length,
        entrance="CHANNEL",
        partner_id=channel.partner_id,
        channel_code=channel.channel_code,
        lock_reference=reference,
    )
    await remember(tx, request, hold.id, now=now, keep=None)
    return hold


async def sell(
    tx: Tx,
    channel: Channel,
    hold_id: UUID,
    sale: Sale,
    *,
    sealer: Sealer,
    terms: Terms,
    now: datetime,
) -> Hold:
    """Issue the slip of a number the channel was paid for; a repeat finds the same slip."""
    partner = await _terms_of(tx, channel.partner_id)
    request = Named(
        caller=channel.partner_id,
        route="POST /v1/partner/holds",
        key=sale.partner_reference,
        said=sale.said(hold_id),
    )
    if made := await made_by(tx, request, now=now):
        return await commands.own_hold(tx, made, partner_id=channel.partner_id)
    hold = await commands.own_hold(tx, hold_id, partner_id=channel.partner_id)
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
    seal(hold, {"contact_phone": sale.customer_phone}, sealer)
    await tx.flush_or_raise(one_hold_per_partner_reference=ReferenceUsed(sale.partner_reference))
    await commands.issue_slip(tx, hold, terms, now=now)
    await remember(tx, request, hold.id, now=now, keep=None)
    return hold


async def give_up(tx: Tx, channel: Channel, hold_id: UUID, *, now: datetime) -> None:
    """Release a lock, or a slip that is not confirmed yet."""
    hold = await commands.own_hold(tx, hold_id, partner_id=channel.partner_id)
    await commands.give_up(tx, hold, "CHANNEL", now=now)


async def note_partner(tx: Tx, changed: PartnerChanged) -> None:
    """Remember what identity said about a channel; the newest word counts."""
    said = {
        "channel_code": changed.channel_code,
        "collects_fee": changed.collects_fee,
        "delivers": changed.delivers,
        "active": changed.active,
        "at": changed.occurred_at,
    }
    new = insert(partners).values(partner_id=changed.partner_id, **said)
    newest = new.on_conflict_do_update(
        index_elements=["partner_id"], set_=said, where=partners.c.at < changed.occurred_at
    )
    if await tx.scalar(newest.returning(partners.c.active)) is False:
        await endpoints.close(tx, changed.partner_id, at=changed.occurred_at)


async def must_be_open(tx: Tx, partner_id: UUID) -> None:
    """Refuse a channel that was closed."""
    terms = await tx.get(PartnerTerms, partner_id)
    if terms and not terms.active:
        raise PartnerClosed


async def _terms_of(tx: Tx, partner_id: UUID) -> PartnerTerms:
    terms = await tx.get(PartnerTerms, partner_id)
    if terms is None:
        raise PartnerNotKnownYet
    return terms


async def _still_locked(tx: Tx, hold_id: UUID, now: datetime) -> Hold | None:
    # A lock that lapsed is no answer to a cart that is still there: it gets a new one.
    hold = await tx.get_one(Hold, hold_id)
    return hold if hold.status in LIVE and not hold.is_lapsed(now) else None


async def _open_locks(tx: Tx, partner_id: UUID, now: datetime) -> int:
    mine = holds.c.partner_id == partner_id
    unpaid = (holds.c.status == Status.DRAFT) & (holds.c.expires_at > now)
    return await tx.scalar(select(func.count()).select_from(holds).where(mine, unpaid)) or 0
