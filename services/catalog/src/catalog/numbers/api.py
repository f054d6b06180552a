"""HTTP: looking for numbers, and what an administrator does to the stock."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import AfterValidator, BaseModel, Field

from catalog.classes.domain import BY_CODE
from catalog.masks.domain import Mask, MaskInvalid
from catalog.numbers import commands, queries
from catalog.numbers.domain import NoSuchNumber, NotOurNumber, NumberInUse
from catalog.numbers.queries import Filters, NumberView, Sort
from catalog.packages.queries import promotion_by_sim
from catalog.settings import RequestSettings
from events import ReasonCode, Region
from kit import clock
from kit.auth import Caller, KnownCaller, WrongRole, staff
from kit.db import Transaction
from kit.dependencies import RequestSigner
from kit.http import problems
from kit.money import Dong
from kit.paging import After, Limit, Page, UnknownCursor, UnknownFilter
from values.errors import BadValue

router = APIRouter(prefix="/v1", tags=["numbers"])
Admin = Annotated[Caller, Depends(staff("admin"))]


def _known_class(code: str) -> str:
    if code not in BY_CODE:
        raise BadValue("PRICE_CLASS_UNKNOWN", "is not the code of a class of numbers")
    return code


PriceClass = Annotated[
    str, Field(json_schema_extra={"enum": list(BY_CODE)}), AfterValidator(_known_class)
]


class Search(BaseModel):
    """The filters and the order of a search, as the caller sends them."""

    mask: str | None = Field(
        default=None,
        max_length=40,
        description="`?` or `x` one digit, `*` any run; without a wildcard: contains",
        examples=["*1990", "0931*68"],
    )
    price_class: list[PriceClass] = Field(default_factory=list, max_length=35)
    prefix: str | None = Field(default=None, pattern=r"^0[0-9]{1,5}$")
    min_price: Dong | None = None
    max_price: Dong | None = None
    region: Region | None = Field(default=None, description="Whose stock it is")
    sort: Sort = "price"

    def filters(self) -> Filters:
        """Read the mask."""
        return Filters(
            mask=Mask.read(self.mask) if self.mask and self.mask.strip("* ") else None,
            prefix=self.prefix,
            price_classes=tuple(self.price_class),
            min_price=self.min_price,
            max_price=self.max_price,
            region=self.region,
            sort=self.sort,
        )


class SearchPage(Search):
    """A search, with the length and the beginning of its page."""

    limit: Limit = 20
    after: After = None


@router.get(
    "/numbers",
    summary="Search numbers on sale",
    responses=problems(MaskInvalid, UnknownCursor, UnknownFilter),
)
async def search_numbers(
    search: Annotated[SearchPage, Query()],
    tx: Transaction,
    settings: RequestSettings,
    signer: RequestSigner,
) -> Page[NumberView]:
    """Look for a number (F3.1, P1.2). Each comes with an offer that the hold service accepts."""
    rows, following = await queries.search_numbers(
        tx, search.filters(), after=search.after, limit=search.limit
    )
    promotions = await promotion_by_sim(tx, clock.now())
    ttl = settings.offer_ttl
    items = [number.with_offer(promotions, signer, ttl=ttl) for number in rows]
    return Page(items=items, next=following)


@router.get(
    "/numbers/{msisdn}",
    summary="One number of the stock: on sale, or taken",
    responses=problems(NoSuchNumber, NotOurNumber),
)
async def read_number(
    msisdn: str,
    caller: KnownCaller,
    tx: Transaction,
    settings: RequestSettings,
    signer: RequestSigner,
) -> NumberView:
    """Show a number; an available one comes with an offer, staff see where another stands."""
    number = await queries.number_by_msisdn(tx, msisdn)
    if caller is None or caller.kind != "staff":
        number = number.for_strangers()
    promotions = await promotion_by_sim(tx, clock.now())
    return number.with_offer(promotions, signer, ttl=settings.offer_ttl)


class Withdrawal(BaseModel):
    """The reason for which a number goes off sale."""

    reason_code: ReasonCode


@router.post(
    "/numbers/{number_id}/withdraw",
    summary="Take a number off sale",
    responses=problems(NoSuchNumber, NumberInUse, WrongRole),
)
async def withdraw_number(
    number_id: UUID, body: Withdrawal, _: Admin, tx: Transaction
) -> NumberView:
    """Take a number off sale; a hold that exists already goes on."""
    await commands.withdraw_number(tx, number_id, body.reason_code, now=clock.now())
    return await queries.number_by_id(tx, number_id)


class Publication(BaseModel):
    """On which terms a number goes on sale."""

    price_vnd: Dong | None = Field(default=None, description="As before if left out")


@router.post(
    "/numbers/{number_id}/publish",
    summary="Put a number on sale",
    responses=problems(NoSuchNumber, NumberInUse, WrongRole),
)
async def publish_number(
    number_id: UUID, body: Publication, _: Admin, tx: Transaction
) -> NumberView:
    """Put a withdrawn number on sale again, or change its price."""
    await commands.publish_number(tx, number_id, price_vnd=body.price_vnd, now=clock.now())
    return await queries.number_by_id(tx, number_id)
