"""The search of the stock, page by page, and single numbers as people and services see them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Row, Select, String, bindparam, select, tuple_, union_all
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from catalog.classes.domain import BY_CODE
from catalog.masks.domain import Mask
from catalog.numbers.domain import NoSuchNumber, Status, msisdn_of, national_of
from catalog.packages.queries import PromotionView
from catalog.tables import numbers
from events import Region, SimKind
from kit.db import Tx
from kit.paging import UnknownCursor, each_readable
from kit.tokens import Signer
from values.number_groups import set_apart

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

    def with_offer(
        self, promotions: dict[SimKind, PromotionView], signer: Signer, *, ttl: timedelta
    ) -> "NumberView":
        """Add to an available number its promotions, and the offer that the hold service takes."""
        if self.status is Status.AVAILABLE:
            self.promotions = {sim: promotion.code for sim, promotion in promotions.items()}
            self.packages = {sim: promotion.package_code for sim, promotion in promotions.items()}
            self.offer = signer.sign("offer", self.offer_claims(), ttl=ttl)
        return self

    def offer_claims(self) -> dict[str, Any]:
        """Return what an offer says: all that the hold service must believe."""
        claims = self.model_dump(
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
        return dict(claims)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """A search that was read: mask, filters and order (F3.1, P1.2)."""

    mask: Mask | None = None
    prefix: str | None = None
    price_classes: tuple[str, ...] = ()
    min_price: int | None = None
    max_price: int | None = None
    region: Region | None = None
    sort: Sort = "price"


async def search_numbers(
    tx: Tx, filters: Filters, *, after: UUID | None, limit: int
) -> tuple[list[NumberView], UUID | None]:
    """Return a page of numbers on sale, and the id to read on after."""
    last = await _row(tx, numbers.c.id == after) if after else None
    if after and last is None:
        raise UnknownCursor(after)
    rows = (await tx.execute(_page(filters, last, limit + 1))).all()
    following = rows[limit - 1].id if len(rows) > limit else None
    return each_readable(rows[:limit], view_of), following


async def number_by_msisdn(tx: Tx, text: str) -> NumberView:
    """Return one number, whatever its status."""
    row = await _row(tx, numbers.c.msisdn == msisdn_of(national_of(text)))
    if row is None:
        raise NoSuchNumber
    return view_of(row)


async def number_by_id(tx: Tx, number_id: UUID) -> NumberView:
    """Return one number by its id."""
    row = await _row(tx, numbers.c.id == number_id)
    if row is None:
        raise NoSuchNumber
    return view_of(row)


async def _row(tx: Tx, condition: ColumnElement[bool]) -> Row[Any] | None:
    rows: Select[Any] = select(*COLUMNS).where(condition)
    row: Row[Any] | None = (await tx.execute(rows)).one_or_none()
    return row


def _page(filters: Filters, last: Row[Any] | None, limit: int) -> Select[Any]:
    classes = sorted(set(filters.price_classes))
    if len(classes) > 1 and filters.sort != "number":
        # A page of each class along its index, and the first of them all. Along the prices alone
        # everything cheaper than the first nice number would be read and thrown away.
        pages = [_page(replace(filters, price_classes=(code,)), last, limit) for code in classes]
        merged = union_all(*pages).subquery()
        return select(merged).order_by(*_order(filters.sort, merged.c)).limit(limit)
    page = _on_sale(filters)
    if last:
        page = page.where(_beyond(filters.sort, last))
    return page.order_by(*_order(filters.sort, numbers.c)).limit(limit)


def _on_sale(filters: Filters) -> Select[Any]:
    filled: tuple[tuple[Any, Callable[[Any], ColumnElement[bool]]], ...] = (
        (filters.mask, matches),
        (filters.prefix, lambda prefix: _NATIONAL.like(_known(prefix + "%"))),
        (filters.price_classes, numbers.c.price_class.in_),
        (filters.min_price, lambda price: price <= _PRICE),
        (filters.max_price, lambda price: price >= _PRICE),
        (filters.region, lambda region: numbers.c.region == region),
    )
    on_sale = select(*COLUMNS).where(numbers.c.status == _known(Status.AVAILABLE.value))
    return on_sale.where(*(test(value) for value, test in filled if value not in (None, ())))


def matches(mask: Mask) -> ColumnElement[bool]:
    """Return the condition of a number that a mask fits, in the way an index answers best."""
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


def view_of(row: Row[Any]) -> NumberView:
    """Show a row that has the `COLUMNS`."""
    return NumberView(
        number_id=row.id,
        msisdn=row.msisdn,
        display=set_apart(row.msisdn, row.price_class),
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
