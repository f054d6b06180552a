"""The whole stock, number by number: on sale, held, given away, withdrawn."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Row, Select, func, select

from catalog.masks.domain import Mask
from catalog.numbers.domain import Status
from catalog.numbers.queries import COLUMNS, NumberView, matches, view_of
from catalog.tables import numbers
from events import Region
from kit.auth import Caller
from kit.db import Tx
from kit.paging import Page, UnknownCursor, each_readable

_EXTRA = (numbers.c.hold_id, numbers.c.rests_until, numbers.c.withdrawn_at)


class StockNumber(NumberView):
    """A number of the stock as staff see it."""

    hold_id: UUID | None = Field(
        description="The hold that the status comes from, if one does; told to head office only"
    )
    rests_until: datetime | None = Field(description="When a resting number is on sale again")
    withdrawn_at: datetime | None = Field(description="Off sale since; a hold of before goes on")


class StockPage(Page[StockNumber]):
    """A page of the stock, and the count of all that fit."""

    total: int


class StockCounts(BaseModel):
    """The count of each status, all regions together or one."""

    counts: dict[Status, int]


@dataclass(frozen=True)
class StockFilter:
    """Criteria of a search in the stock; None narrows nothing."""

    mask: Mask | None = None
    status: Status | None = None
    price_class: str | None = None
    region: Region | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what a row has to fulfil."""
        return [
            *([matches(self.mask)] if self.mask else []),
            *([numbers.c.status == self.status] if self.status else []),
            *([numbers.c.price_class == self.price_class] if self.price_class else []),
            *([numbers.c.region == self.region] if self.region else []),
        ]


async def page(
    tx: Tx, criteria: StockFilter, caller: Caller, *, after: UUID | None, limit: int
) -> StockPage:
    """Return a page of the stock in the order of the digits.

    The regions of holds are not the catalog's to know: a regional company sees no ids of them.
    """
    conditions = criteria.conditions()
    total = await tx.scalar(select(func.count()).select_from(numbers).where(*conditions))
    rows: Select[Any] = select(*COLUMNS, *_EXTRA).where(*conditions)
    if after is not None:
        last = await tx.scalar(select(numbers.c.national).where(numbers.c.id == after))
        if last is None:
            raise UnknownCursor(after)
        rows = rows.where(numbers.c.national.op(">", is_comparison=True)(last))
    listed = (await tx.execute(rows.order_by(numbers.c.national).limit(limit + 1))).all()
    following = listed[limit - 1].id if len(listed) > limit else None
    items = each_readable(listed[:limit], _view)
    if caller.regions:
        items = [item.model_copy(update={"hold_id": None}) for item in items]
    return StockPage(items=items, next=following, total=total or 0)


async def counts(tx: Tx, region: Region | None) -> StockCounts:
    """Count the numbers of each status."""
    rows = select(numbers.c.status, func.count()).group_by(numbers.c.status)
    if region:
        rows = rows.where(numbers.c.region == region)
    known = {Status(status): count for status, count in await tx.execute(rows)}
    return StockCounts(counts={status: known.get(status, 0) for status in Status})


def _view(row: Row[Any]) -> StockNumber:
    return StockNumber.model_validate(row._asdict() | dict(view_of(row)))
