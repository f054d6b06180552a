"""Answers for a store's counter: its lists, and the SIM that a hold code stands for (F4.6)."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, and_, func, or_, select

from kit.clock import VIETNAM
from kit.db import Tx
from kit.paging import Page, page_of
from shipping.shipments.queries import ALL, StaffShipment
from shipping.shipments.states import IN_THE_HOUSE, TAB_OF, NoSuchShipment, Status, Tab
from shipping.tables import holds, shipments

KEPT_AFTER_THE_END: Final = timedelta(days=14)
"""How long a SIM that nobody fetched stays in the list: until then it goes back to stock."""


class Part(StrEnum):
    """A part of a store's list."""

    OPEN = "OPEN"
    TO_PREPARE = "TO_PREPARE"
    READY = "READY"
    NO_SHOW = "NO_SHOW"
    TODAY = "TODAY"


class PartCount(BaseModel):
    """The number of SIMs in a part of a store's list."""

    part: Part
    count: int


class StoreCounts(BaseModel):
    """The exact numbers of all parts of a store's list."""

    parts: list[PartCount]


class CounterShipment(StaffShipment):
    """The SIM that a hold code stands for, with what the counter has to know (F4.7)."""

    may_be_given: bool
    """Whether it can be given to the customer who shows the code, against what is due."""


async def list_for_store(
    tx: Tx,
    shop_code: str,
    tab: Tab | None,
    part: Part,
    *,
    now: datetime,
    limit: int,
    after: UUID | None,
) -> Page[StaffShipment]:
    """List what customers collect at a store (F4.6)."""
    scope = ALL.where(_at_store(shop_code))
    of_tab = [status for status, where in TAB_OF.items() if where is tab]
    within = shipments.c.status.in_(of_tab) if tab else _within(part, now)
    return await page_of(
        tx,
        scope.where(within),
        shipments.c.id,
        lambda row: StaffShipment.model_validate(row._asdict()),
        limit=limit,
        after=after,
        cursors=scope,
    )


async def count_for_store(tx: Tx, shop_code: str, *, now: datetime) -> StoreCounts:
    """Count each part of a store's list."""
    parts = []
    for part in Part:
        rows = select(func.count()).select_from(shipments)
        number = await tx.scalar(rows.where(_at_store(shop_code), _within(part, now)))
        parts.append(PartCount(part=part, count=number or 0))
    return StoreCounts(parts=parts)


async def of_code(tx: Tx, shop_code: str, hold_code: str) -> CounterShipment:
    """Show the SIM of a hold code at this store. Raises NoSuchShipment."""
    of_code = ALL.where(holds.c.hold_code == hold_code, _at_store(shop_code))
    row = (await tx.execute(of_code)).mappings().one_or_none()
    if row is None:
        raise NoSuchShipment
    may_be_given = row["status"] in IN_THE_HOUSE - {Status.WAITING_PAYMENT}
    return CounterShipment.model_validate(dict(row) | {"may_be_given": may_be_given})


def _at_store(shop_code: str) -> ColumnElement[bool]:
    return and_(shipments.c.delivery == "STORE", shipments.c.store_code == shop_code)


def _within(part: Part, now: datetime) -> Any:
    status = shipments.c.status
    midnight = now.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    left_lying = and_(
        status == Status.CANCELLED,
        shipments.c.closed_because.in_(("HOLD_RELEASED", "HOLD_EXPIRED")),
        shipments.c.since >= now - KEPT_AFTER_THE_END,
    )
    parts = {
        Part.OPEN: status.in_((Status.PENDING, Status.READY_AT_STORE)),
        Part.TO_PREPARE: status == Status.PENDING,
        Part.READY: status == Status.READY_AT_STORE,
        Part.NO_SHOW: or_(and_(status == Status.READY_AT_STORE, shipments.c.overdue), left_lying),
        Part.TODAY: and_(status == Status.DELIVERED, shipments.c.delivered_at >= midnight),
    }
    return parts[part]
