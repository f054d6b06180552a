"""Finding journeys for staff, and one journey with everything that happened to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, func, or_, select

from events import Entrance
from kit.auth import Caller
from kit.db import Tx
from kit.paging import each_readable
from order.journey_pages.domain import Terms
from order.journeys.domain import HoldStatus, NoSuchHold
from order.lists.queries import StaffOrderView, staff_order
from order.stages.queries import ITEMS, JourneyItem, shown_at, visible_to
from order.tables import journeys, numbers, orders
from order.timeline.queries import StaffEntryView, staff_timeline_of

MOST_FOUND: Final = 20
MSISDN_DIGITS: Final = 11


class FoundJourneys(BaseModel):
    """The journeys that were found, the newest first, and whether there are more."""

    items: list[JourneyItem]
    has_more: bool


class HoldTerms(BaseModel):
    """The terms of a hold, as the order service keeps them."""

    status: HoldStatus
    expires_at: datetime
    entrance: Entrance
    channel_code: str | None
    price_vnd: int
    sim_fee_vnd: int
    commitment_vnd_per_month: int
    commitment_months: int
    promotion_code: str | None
    package_code: str | None
    customer_id: UUID | None


class JourneyPage(BaseModel):
    """One journey: where it stands, the hold's terms, the order, and the whole story."""

    journey: JourneyItem
    hold: HoldTerms
    order: StaffOrderView | None
    timeline: list[StaffEntryView]


async def search(tx: Tx, caller: Caller, terms: Terms, *, now: datetime) -> FoundJourneys:
    """Return the journeys of a caller's regions that were meant, the newest first."""
    if not terms:
        return FoundJourneys(items=[], has_more=False)
    return await _matching(tx, caller, _condition(terms), now=now)


async def named(
    tx: Tx, caller: Caller, hold_ids: Sequence[UUID], *, now: datetime
) -> FoundJourneys:
    """Return journeys by their holds, as far as the caller may see them."""
    named_here = journeys.c.hold_id.in_(hold_ids)
    return await _matching(tx, caller, named_here, now=now, most=len(hold_ids))


async def page_of_journey(tx: Tx, caller: Caller, hold_id: UUID, *, now: datetime) -> JourneyPage:
    """Return one journey; another region's looks like none at all."""
    row = (await tx.execute(ITEMS.where(journeys.c.hold_id == hold_id))).one_or_none()
    if row is None or not caller.covers(row.region):
        raise NoSuchHold(hold_id)
    kept = await tx.execute(select(journeys).where(journeys.c.hold_id == hold_id))
    order = await staff_order(tx, row.order_id, caller) if row.order_id else None
    return JourneyPage(
        journey=shown_at(now)(row),
        hold=HoldTerms.model_validate(dict(kept.mappings().one())),
        order=order,
        timeline=await staff_timeline_of(tx, hold_id),
    )


def _condition(terms: Terms) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = []
    if terms.ids:
        of_order = select(orders.c.hold_id).where(orders.c.id.in_(terms.ids))
        ways += [journeys.c.hold_id.in_(terms.ids), journeys.c.hold_id.in_(of_order)]
    if terms.hold_code:
        ways.append(journeys.c.hold_code == terms.hold_code)
    if terms.msisdn:
        ways.append(_of_number(numbers.c.msisdn == terms.msisdn))
    if begun := terms.first_digits:
        lowest, highest = (begun.ljust(MSISDN_DIGITS, digit) for digit in "09")
        ways.append(_of_number(numbers.c.msisdn.between(lowest, highest)))
    if terms.last_digits:
        backwards = func.reverse(numbers.c.msisdn)
        ways.append(_of_number(backwards.like(f"{terms.last_digits[::-1]}%")))
    return or_(*ways)


def _of_number(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return journeys.c.number_id.in_(select(numbers.c.number_id).where(condition))


async def _matching(
    tx: Tx, caller: Caller, condition: ColumnElement[Any], *, now: datetime, most: int = MOST_FOUND
) -> FoundJourneys:
    visible = ITEMS.where(condition, visible_to(caller, orders.c.region))
    newest_first = visible.order_by(journeys.c.hold_id.desc()).limit(most + 1)
    rows = (await tx.execute(newest_first)).all()
    items = each_readable(rows[:most], shown_at(now))
    return FoundJourneys(items=items, has_more=len(rows) > most)
