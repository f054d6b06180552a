"""What can be asked about numbers. Reads skip the domain and shape rows for the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Row, Select, String, bindparam, select, tuple_, union_all
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from catalog.classes.domain import BY_CODE, CLASSES, RANK, display_of
from catalog.masks.domain import Mask
from catalog.numbers.domain import NoSuchNumber, Status, msisdn_of, national_of
from catalog.tables import numbers
from events import Region, SimKind
from kit.db import Tx
from kit.paging import UnknownCursor, each_readable

Sort = Literal["price", "price_desc", "number"]

_PRICE, _NATIONAL = numbers.c.price_vnd, numbers.c.national

COLUMNS: Final = (
    numbers.c.id,
    numbers.c.msisdn,
    numbers.c.national,
    numbers.c.price_class,
    numbers.c.tags,
    numbers.c.price_vnd,
    numbers.c.sim_fee_vnd,
    numbers.c.commitment_vnd_per_month,
    numbers.c.commitment_months,
    numbers.c.region,
    numbers.c.status,
    numbers.c.status_since,
)


class NumberView(BaseModel):
    """A number as people and other services see it."""

    number_id: UUID
    msisdn: str = Field(description="E.164 digits without the plus sign")
    display: str
    price_class: str
    class_name_vi: str
    tags: list[str]
    price_vnd: int
    sim_fee_vnd: int
    commitment_vnd_per_month: int
    commitment_months: int
    stock_region: Region | None
    status: Status | Literal["TAKEN"] = Field(
        description="Whoever does not work here sees AVAILABLE or TAKEN, and nothing of why"
    )
    status_since: datetime | None
    promotions: dict[SimKind, str] = Field(default_factory=dict)
    packages: dict[SimKind, str] = Field(
        default_factory=dict, description="The package that each promotion grants"
    )
    offer: str | None = Field(
        default=None,
        description="What is shown here, signed: present it to hold the number. Only if available.",
    )

    def for_strangers(self) -> "NumberView":
        """Return what anybody may know: who has a number, or had it, and since when, is theirs."""
        if self.status is Status.AVAILABLE:
            return self
        return self.model_copy(update={"status": "TAKEN", "status_since": None})

    def offer_claims(self) -> dict[str, Any]:
        """Return what an offer says: all that the hold service must believe."""
        said = self.model_dump(
            mode="json",
            include={
                "number_id",
                "msisdn",
                "price_class",
                "price_vnd",
                "sim_fee_vnd",
                "commitment_vnd_per_month",
                "commitment_months",
                "stock_region",
                "promotions",
                "packages",
            },
        )
        return dict(said)


class ClassView(BaseModel):
    """A class of numbers, best first."""

    code: str
    name_vi: str
    rank: int


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody looks for (F3.1, P1.2)."""

    mask: Mask | None = None
    prefix: str | None = None
    price_classes: tuple[str, ...] = ()
    min_price: int | None = None
    max_price: int | None = None
    region: Region | None = None
    sort: Sort = "price"


async def search_numbers(
    tx: Tx, wanted: Wanted, *, after: UUID | None, limit: int
) -> tuple[list[NumberView], UUID | None]:
    """Return a page of numbers on sale, and the id to read on after."""
    last = await _row(tx, numbers.c.id == after) if after else None
    if after and last is None:
        raise UnknownCursor(after)
    rows = (await tx.execute(_page(wanted, last, limit + 1))).all()
    following = rows[limit - 1].id if len(rows) > limit else None
    return each_readable(rows[:limit], _view), following


async def number_by_msisdn(tx: Tx, text: str) -> NumberView:
    """Return one number, whatever its status."""
    row = await _row(tx, numbers.c.msisdn == msisdn_of(national_of(text)))
    if row is None:
        raise NoSuchNumber
    return _view(row)


async def number_by_id(tx: Tx, number_id: UUID) -> NumberView:
    """Return one number by its id."""
    row = await _row(tx, numbers.c.id == number_id)
    if row is None:
        raise NoSuchNumber
    return _view(row)


def number_classes() -> list[ClassView]:
    """Return all classes, best first."""
    return [ClassView(code=c.code, name_vi=c.name_vi, rank=RANK[c.code]) for c in CLASSES]


async def _row(tx: Tx, which: ColumnElement[bool]) -> Row[Any] | None:
    one: Select[Any] = select(*COLUMNS).where(which)
    row: Row[Any] | None = (await tx.execute(one)).one_or_none()
    return row


def _page(wanted: Wanted, last: Row[Any] | None, limit: int) -> Select[Any]:
    classes = sorted(set(wanted.price_classes))
    if len(classes) > 1 and wanted.sort != "number":
        # A page of each class along its index, and the first of them all. Along the prices alone
        # everything cheaper than the first nice number would be read and thrown away.
        pages = [_page(replace(wanted, price_classes=(one,)), last, limit) for one in classes]
        merged = union_all(*pages).subquery()
        return select(merged).order_by(*_order(wanted.sort, merged.c)).limit(limit)
    found = _wanted(wanted)
    if last:
        found = found.where(_beyond(wanted.sort, last))
    return found.order_by(*_order(wanted.sort, numbers.c)).limit(limit)


def _wanted(wanted: Wanted) -> Select[Any]:
    asked: tuple[tuple[Any, Callable[[Any], ColumnElement[bool]]], ...] = (
        (wanted.mask, _matches),
        (wanted.prefix, lambda prefix: _NATIONAL.like(_known(prefix + "%"))),
        (wanted.price_classes, numbers.c.price_class.in_),
        (wanted.min_price, lambda price: price <= _PRICE),
        (wanted.max_price, lambda price: price >= _PRICE),
        (wanted.region, lambda region: numbers.c.region == region),
    )
    on_sale = select(*COLUMNS).where(numbers.c.status == _known(Status.AVAILABLE.value))
    return on_sale.where(*(test(value) for value, test in asked if value not in (None, ())))


def _matches(mask: Mask) -> ColumnElement[bool]:
    if mask.pattern == f"%{mask.pair}":
        return numbers.c.tail == _known(mask.pattern[1:])
    if mask.pair:
        tail = numbers.c.tail == _known(mask.pair)
        return tail & numbers.c.national.like(_known(mask.pattern))
    if mask.ends_clearer:
        return numbers.c.reversed.like(_known(mask.backwards))
    return numbers.c.national.like(_known(mask.pattern))


def _known(text: str) -> ColumnElement[str]:
    # Written into the statement: a plan made for any pattern could use no index. What comes here
    # is digits, `_` and `%`, or a word of ours.
    return bindparam(None, text, String(), literal_execute=True)


def _order(sort: Sort, of: ReadOnlyColumnCollection[str, Any]) -> Sequence[ColumnElement[Any]]:
    return {
        "price": (of.price_vnd.asc(), of.national.asc()),
        "price_desc": (of.price_vnd.desc(), of.national.desc()),
        "number": (of.national.asc(),),
    }[sort]


def _beyond(sort: Sort, last: Row[Any]) -> ColumnElement[bool]:
    if sort == "number":
        return _NATIONAL.op(">", is_comparison=True)(last.national)
    here, there = tuple_(_PRICE, _NATIONAL), (last.price_vnd, last.national)
    return here < there if sort == "price_desc" else here > there


def _view(row: Row[Any]) -> NumberView:
    return NumberView(
        number_id=row.id,
        msisdn=row.msisdn,
        display=display_of(row.national, row.price_class),
        price_class=row.price_class,
        class_name_vi=BY_CODE[row.price_class].name_vi,
        tags=row.tags,
        price_vnd=row.price_vnd,
        sim_fee_vnd=row.sim_fee_vnd,
        commitment_vnd_per_month=row.commitment_vnd_per_month,
        commitment_months=row.commitment_months,
        stock_region=row.region,
        status=row.status,
        status_since=row.status_since,
    )
