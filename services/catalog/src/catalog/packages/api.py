"""HTTP: packages and promotions, for everybody to read."""

from fastapi import APIRouter
from pydantic import BaseModel

from catalog.packages import queries
from catalog.packages.queries import PackageView, PromotionView
from kit import clock
from kit.db import Transaction

router = APIRouter(prefix="/v1", tags=["packages"])


class Packages(BaseModel):
    """All packages, on one page."""

    items: list[PackageView]
    next: None = None


class Promotions(BaseModel):
    """The promotions that run, on one page."""

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
