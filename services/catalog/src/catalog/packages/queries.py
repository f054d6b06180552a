"""Packages and promotions as people see them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from catalog.tables import packages, promotions
from events import SimKind
from kit.db import Tx


class PackageView(BaseModel):
    """A package as people see it."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    name_vi: str
    text_vi: str
    data_mb: int
    data_mb_per_day: int | None
    days: int
    price_vnd: int


class PromotionView(BaseModel):
    """A promotion that can be had now."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    package_code: str
    text_vi: str
    sim: SimKind
    new_subscribers_only: bool
    valid_from: datetime
    valid_to: datetime


async def all_packages(tx: Tx) -> list[PackageView]:
    """Return every package."""
    rows = await tx.execute(select(packages).order_by(packages.c.code))
    return [PackageView.model_validate(row) for row in rows]


async def promotions_at(tx: Tx, now: datetime) -> list[PromotionView]:
    """Return the promotions that run at a moment; the newest first."""
    running = select(promotions).where(promotions.c.valid_from <= now, promotions.c.valid_to > now)
    rows = await tx.execute(running.order_by(promotions.c.valid_from.desc(), promotions.c.code))
    return [PromotionView.model_validate(row) for row in rows]


async def all_promotions(tx: Tx) -> list[PromotionView]:
    """Return every promotion, past ones and those to come; the newest first."""
    rows = await tx.execute(
        select(promotions).order_by(promotions.c.valid_from.desc(), promotions.c.code)
    )
    return [PromotionView.model_validate(row) for row in rows]


async def promotion_by_sim(tx: Tx, now: datetime) -> dict[SimKind, PromotionView]:
    """Return what a new subscriber is entitled to, per kind of SIM (SB.6, SB.7)."""
    running = await promotions_at(tx, now)
    return {promotion.sim: promotion for promotion in reversed(running)}
