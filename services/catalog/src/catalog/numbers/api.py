"""HTTP: looking for numbers, and what an administrator does to the stock."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import AfterValidator, BaseModel, Field

from catalog.classes.domain import BY_CODE
from catalog.masks.domain import Mask, MaskInvalid
from catalog.numbers import commands, queries
from catalog.numbers.domain import NoSuchNumber, NotOurNumber, NumberInUse, Status
from catalog.numbers.queries import ClassView, NumberView, Sort, Wanted
from catalog.packages.queries import PromotionView, promotion_by_sim
from catalog.settings import Settings
from events import ReasonCode, Region, SimKind
from kit import clock
from kit.auth import Caller, KnownCaller, WrongRole, staff
from kit.db import Transaction
from kit.dependencies import from_app
from kit.http import problems
from kit.money import Dong
from kit.paging import After, Limit, Page, UnknownCursor, UnknownFilter
from kit.tokens import Signer
from values.errors import BadValue

router = APIRouter(prefix="/v1", tags=["numbers"])
Admin = Annotated[Caller, Depends(staff("admin"))]


class Offers:
    """Puts our signature under what we show, so that it can be held without asking us again."""

    def __init__(self, signer: Signer, settings: Settings) -> None:
        self._signer, self._ttl = signer, settings.offer_ttl

    def sign(self, number: NumberView, promotions: dict[SimKind, PromotionView]) -> NumberView:
        """Add the offer to a number that can be had."""
        if number.status is Status.AVAILABLE:
            number.promotions = {sim: one.code for sim, one in promotions.items()}
            number.packages = {sim: one.package_code for sim, one in promotions.items()}
            number.offer = self._signer.sign("offer", number.offer_claims(), ttl=self._ttl)
        return number


SignedOffers = Annotated[Offers, from_app(Offers)]


def _known_class(code: str) -> str:
    if code not in BY_CODE:
        raise BadValue("PRICE_CLASS_UNKNOWN", "is not the code of a class of numbers")
    return code


PriceClass = Annotated[
    str, Field(json_schema_extra={"enum": list(BY_CODE)}), AfterValidator(_known_class)
]


class Search(BaseModel):
    """What somebody looks for."""

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

    def wanted(self) -> Wanted:
        """Read the mask."""
        return Wanted(
            mask=Mask.read(self.mask) if self.mask and self.mask.strip("* ") else None,
            prefix=self.prefix,
            price_classes=tuple(self.price_class),
            min_price=self.min_price,
            max_price=self.max_price,
            region=self.region,
            sort=self.sort,
        )


class SearchPage(Search):
    """What somebody looks for, and from where on."""

    limit: Limit = 20
    after: After = None


@router.get(
    "/numbers",
    summary="Search numbers on sale",
    responses=problems(MaskInvalid, UnknownCursor, UnknownFilter),
)
async def search_numbers(
    search: Annotated[SearchPage, Query()], tx: Transaction, offers: SignedOffers
) -> Page[NumberView]:
    """Look for a number (F3.1, P1.2). Each comes with an offer that the hold service accepts."""
    found, following = await queries.search_numbers(
        tx, search.wanted(), after=search.after, limit=search.limit
    )
    promotions = await promotion_by_sim(tx, clock.now())
    return Page(items=[offers.sign(number, promotions) for number in found], next=following)


@router.get(
    "/numbers/{msisdn}",
    summary="One number of the stock: on sale, or taken",
    responses=problems(NoSuchNumber, NotOurNumber),
)
async def read_number(
    msisdn: str, who: KnownCaller, tx: Transaction, offers: SignedOffers
) -> NumberView:
    """Show a number; an available one comes with an offer, staff see where another stands."""
    number = await queries.number_by_msisdn(tx, msisdn)
    if who is None or who.kind != "staff":
        number = number.for_strangers()
    return offers.sign(number, await promotion_by_sim(tx, clock.now()))


class Classes(BaseModel):
    """All classes, on one page."""

    items: list[ClassView]
    next: None = None


@router.get("/number-classes", summary="Classes of numbers, best first")
async def list_classes() -> Classes:
    """Show how numbers are classed and called."""
    return Classes(items=queries.number_classes())


class Withdrawal(BaseModel):
    """Why a number goes off sale."""

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
