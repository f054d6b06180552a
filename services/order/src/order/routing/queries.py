"""Reading the decisions about an order."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from events import Region, ShopCode
from kit.db import Tx
from order.tables import decisions


class DecisionView(BaseModel):
    """A decision about an order, with its rule and its inputs (SD.3)."""

    model_config = ConfigDict(from_attributes=True)

    region: Region
    shop_code: ShopCode
    team: str
    rule: str
    inputs: dict[str, Any]
    decided_by: UUID | None
    decided_at: datetime


class DecisionsView(BaseModel):
    """All decisions about an order, oldest first."""

    items: list[DecisionView]


async def decisions_about(tx: Tx, order_id: UUID) -> DecisionsView:
    """Return every decision about an order."""
    rows = await tx.execute(
        select(decisions).where(decisions.c.order_id == order_id).order_by(decisions.c.id)
    )
    return DecisionsView(items=[DecisionView.model_validate(row) for row in rows])
