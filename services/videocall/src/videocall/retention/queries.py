"""Legal holds as those see them who look at evidence."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from events import ReasonCode
from kit.db import Tx
from videocall.retention.domain import LegalHold


class LegalHoldView(BaseModel, from_attributes=True):
    """A legal hold over the evidence of a journey."""

    hold_id: UUID
    reason_code: ReasonCode
    placed_by: UUID
    placed_at: datetime


async def standing_hold(tx: Tx, hold_id: UUID) -> LegalHoldView | None:
    """Return the legal hold over a journey, unless it was lifted."""
    legal_hold = await tx.get(LegalHold, hold_id)
    if legal_hold is None or not legal_hold.stands:
        return None
    return LegalHoldView.model_validate(legal_hold)
