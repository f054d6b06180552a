"""HTTP: packages and promotions, for everybody to read; staff see those that do not run, too."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from catalog.packages import queries
from catalog.packages.queries import PackageView, PromotionView
from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems

router = APIRouter(prefix="/v1", tags=["packages"])
Reader = Annotated[Caller, Depends(staff("region_manager", "auditor", "admin", "sre"))]


class Packages(BaseModel):
    """All packages, on one page."""

    items: list[PackageView]
    next: None = None


class Promotions(BaseModel):
    """Promotions, on one page."""

    items: list[PromotionView]
    next: None = None


@router.get("/packages", summary="Packages a subscriber can have")
async def list_packages(tx: Transaction) -> Packages:
    """Show every package (SB.6)."""
    return Packages(items=await queries.all_packages(tx))


@router.get("/promotions", summary="Promotions that run now")
async def list_promotions(tx: Transaction) -> Promotions:
    """Show what a new subscriber is given besides the number (SB.7)."""
    return Promotions(items=await queries.promotions_at(tx, clock.now()))


@router.get(
    "/staff/promotions", summary="All promotions and their windows", responses=problems(WrongRole)
)
async def list_all_promotions(_: Reader, tx: Transaction) -> Promotions:
    """Show past promotions, those that run and those to come."""
    return Promotions(items=await queries.all_promotions(tx))
