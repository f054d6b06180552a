"""The funnel of each sales channel: how far the holds of some days have come."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, and_, func, select

from feed import journal
from feed.entries import FeedEvent
from hold.holds.states import Status
from hold.tables import holds, partners
from kit.auth import Caller
from kit.clock import VIETNAM
from kit.db import Tx


@dataclass(frozen=True)
class Days:
    """The first and the last day of a span, both included, by the calendar of Vietnam."""

    first: date
    last: date

    def conditions(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """Return the conditions of a hold that began on one of them."""
        begin = datetime.combine(self.first, time(), VIETNAM)
        end = datetime.combine(self.last + timedelta(days=1), time(), VIETNAM)
        return holds.c.created_at >= begin, holds.c.created_at < end


class Stages(BaseModel):
    """The numbers of holds that came so far, each stage among those of the one before."""

    locked: int = Field(description="A number was locked")
    held: int = Field(description="A slip was issued")
    confirmed: int = Field(description="Paid, or to be paid on receipt")
    claimed: int = Field(description="Confirmed, and the slip is in a customer's account")
    connected: int = Field(description="The subscriber is connected")
    ended: int = Field(description="Of all that were locked: expired or given back")


class Funnel(BaseModel):
    """The holds of one channel, as seller and as referrer."""

    partner_id: UUID
    channel_code: str
    sold: Stages
    referred: Stages


class Funnels(BaseModel):
    """The funnel of each channel that somebody looks after."""

    items: list[Funnel]


class FeedView(BaseModel):
    """A part of a channel's list of events, as its partner reads it; reading moves no cursor."""

    items: list[FeedEvent]
    next: int
    oldest: int = Field(description="What follows this number is kept")
    newest: int = Field(description="The number of the last event")


async def funnels(tx: Tx, manager: Caller, days: Days) -> Funnels:
    """Count the holds that began in a span, by channel and stage."""
    sold = await _counted(tx, manager, days, holds.c.partner_id == partners.c.partner_id)
    by_code = holds.c.referrer_code == partners.c.channel_code
    referred = await _counted(tx, manager, days, by_code)
    return Funnels(
        items=[
            Funnel(
                partner_id=row.partner_id,
                channel_code=row.channel_code,
                sold=_stages(row),
                referred=_stages(other),
            )
            for row, other in zip(sold, referred, strict=True)
        ]
    )


async def feed_of(tx: Tx, partner_id: UUID, *, after: int | None, limit: int) -> FeedView:
    """Read a channel's list behind a number that was checked; without one, its last events."""
    span = await journal.span(tx, partner_id)
    place = max(span.pruned_to, span.newest - limit) if after is None else after
    events = await journal.read(tx, partner_id, after=place, limit=limit)
    return FeedView(
        items=events,
        next=events[-1].sequence if events else place,
        oldest=span.pruned_to,
        newest=span.newest,
    )


async def _counted(tx: Tx, manager: Caller, days: Days, belongs: ColumnElement[bool]) -> list[Any]:
    held = holds.c.hold_code.is_not(None)
    agreed = holds.c.paid_at.is_not(None) | holds.c.agreed_at.is_not(None)
    connected = holds.c.status == Status.CONSUMED
    confirmed = held & (agreed | connected | (holds.c.status == Status.CONFIRMED))
    claimed = confirmed & (connected | holds.c.customer_id.is_not(None))
    stages = {
        "locked": holds.c.id.is_not(None),
        "held": held,
        "confirmed": confirmed,
        "claimed": claimed,
        "connected": connected,
        "ended": holds.c.status.in_((Status.RELEASED, Status.EXPIRED)),
    }
    counts = [func.count().filter(stage).label(name) for name, stage in stages.items()]
    of_span = and_(belongs, *days.conditions())
    rows = (
        select(partners.c.partner_id, partners.c.channel_code, *counts)
        .join_from(partners, holds, of_span, isouter=True)
        .group_by(partners.c.partner_id, partners.c.channel_code)
        .order_by(partners.c.channel_code)
    )
    if manager.regions:
        rows = rows.where(partners.c.region.in_(manager.regions))
    return list((await tx.execute(rows)).all())


def _stages(row: Any) -> Stages:
    return Stages.model_validate(row._asdict())
