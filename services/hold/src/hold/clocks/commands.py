"""The clocks of holds: they run out, remind, and follow the facts consumed."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select

from hold.feed.commands import publish_with_feed
from hold.holds import commands
from hold.holds.domain import Hold
from hold.holds.states import UNPAID, HoldClosed, NumberTaken, Status
from hold.tables import holds
from kit.db import Tx

Ids = Select[UUID]


async def wind(tx: Tx, hold: Hold, *, at: datetime, now: datetime) -> None:
    """Let the clock follow what happened at a moment; in time and known late, it brings back.

    Only an order on receipt comes back this way. Without its number, its money will be owed back.
    """
    if hold.status is Status.EXPIRED and hold.agreed_at:
        with suppress(HoldClosed, NumberTaken):
            await commands.confirm_hold(tx, hold, "COD", at=at, now=now)
            return
        await tx.refresh(hold, with_for_update=True)
    hold.wind()


def unpaid_too_long(now: datetime) -> Ids:
    """Select forms and slips whose time is over."""
    due = select(holds.c.id).where(holds.c.status.in_(UNPAID), holds.c.expires_at <= now)
    return due.order_by(holds.c.expires_at)


async def expire(tx: Tx, hold_id: UUID, now: datetime) -> None:
    """Take back a number nobody paid for (G10)."""
    hold = await tx.get_one(Hold, hold_id)
    await publish_with_feed(tx, hold, hold.expire(now=now))


def kept_too_long(now: datetime) -> Ids:
    """Select numbers that are kept for parcels that should have been back by now."""
    due = select(holds.c.id).where(holds.c.keep_until <= now, holds.c.status == Status.CONFIRMED)
    return due.order_by(holds.c.keep_until)


async def free(tx: Tx, hold_id: UUID, now: datetime) -> None:
    """Free a number whose parcel does not come back (G21)."""
    hold = await tx.get_one(Hold, hold_id)
    await publish_with_feed(tx, hold, hold.release("PARCEL_OVERDUE", now=now))


def ending_soon(now: datetime, before: timedelta) -> Ids:
    """Select confirmed holds whose clock runs out soon, of which nobody was told."""
    soon = (holds.c.expires_at > now) & (holds.c.expires_at <= now + before)
    untold = holds.c.reminded_of.is_distinct_from(holds.c.expires_at)
    running = holds.c.clock.is_not(None) & holds.c.keep_until.is_(None)
    due = select(holds.c.id).where(running, soon, untold)
    return due.order_by(holds.c.expires_at)


async def remind(tx: Tx, hold_id: UUID, now: datetime) -> None:
    """Say that a number is kept only a little longer."""
    hold = await tx.get_one(Hold, hold_id)
    await publish_with_feed(tx, hold, hold.remind(now=now))


def run_out(now: datetime, late_news: timedelta) -> Ids:
    """Select confirmed holds whose clock has run out, also for news of what happened in time."""
    over = holds.c.clock.is_not(None) & (holds.c.expires_at <= now - late_news)
    due = select(holds.c.id).where(over, holds.c.keep_until.is_(None))
    return due.order_by(holds.c.expires_at)


async def end(tx: Tx, hold_id: UUID, now: datetime) -> None:
    """Free a number whose customer did not fetch, take or pay for it in time."""
    hold = await tx.get_one(Hold, hold_id)
    await publish_with_feed(tx, hold, hold.run_out(now=now))
