"""Legal holds, doubts, connections, journeys under way: the grounds on which evidence is kept."""

from datetime import datetime
from typing import Final, Self
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import and_, case, exists, false, func, not_, or_, select

from events import ReasonCode
from kit.db import Tx
from videocall.calls.states import LIVE, Status
from videocall.retention.domain import SUSPICIONS, Ground, LegalHold
from videocall.tables import audits, calls, erasures, journeys, legal_holds

_other = calls.alias("of_journey")
_doubted = or_(
    and_(_other.c.status == Status.REJECTED, _other.c.reason_code.in_(SUSPICIONS)),
    _other.c.status == Status.REVOKED,
    exists().where(audits.c.call_id == _other.c.id, audits.c.finding == "DOUBTED"),
)
IS_SUSPECTED: Final = exists().where(_other.c.hold_id == journeys.c.hold_id, _doubted)
"""The person of a journey was doubted: by an agent, an auditor or a supervisor."""
_came_back = func.coalesce(journeys.c.confirmed_at >= journeys.c.expired_at, false())
ENDED_AT: Final = func.coalesce(
    journeys.c.ended_at, case((not_(_came_back), journeys.c.expired_at))
)
"""When a journey was over; null while it is not."""
IS_HELD: Final = exists().where(
    legal_holds.c.hold_id == journeys.c.hold_id, legal_holds.c.lifted_at.is_(None)
)
HAS_ENDED: Final = and_(ENDED_AT.is_not(None), calls.c.status.not_in(LIVE))
"""Nothing of the journey is under way any more."""
IS_ASKED: Final = exists().where(erasures.c.customer_id == journeys.c.customer_id)
"""The customer of a journey is to be forgotten."""
GROUND: Final = case(
    (IS_HELD, Ground.LEGAL_HOLD),
    (journeys.c.connected_at.is_not(None), Ground.CONNECTED),
    (IS_SUSPECTED, Ground.SUSPECTED),
    (not_(HAS_ENDED), Ground.OPEN),
)
"""The ground on which the evidence of a call is kept; null if it may be erased."""


class LegalHoldView(BaseModel):
    """A legal hold over the evidence of a journey."""

    hold_id: UUID
    reason_code: ReasonCode
    placed_by: UUID
    placed_at: datetime

    @classmethod
    def of(cls, legal_hold: LegalHold) -> Self:
        """Shape a legal hold that stands."""
        return cls(
            hold_id=legal_hold.hold_id,
            reason_code=legal_hold.reason_code,
            placed_by=legal_hold.placed_by,
            placed_at=legal_hold.placed_at,
        )


async def standing_hold(tx: Tx, hold_id: UUID) -> LegalHoldView | None:
    """Return the legal hold over a journey, unless it was lifted."""
    legal_hold = await tx.get(LegalHold, hold_id)
    if legal_hold is None or not legal_hold.stands:
        return None
    return LegalHoldView.of(legal_hold)


async def ground_of(tx: Tx, call_id: UUID) -> Ground | None:
    """Return the ground on which the evidence of a call is kept; none if it may be erased."""
    of_call = select(GROUND).join_from(calls, journeys, journeys.c.hold_id == calls.c.hold_id)
    ground: str | None = await tx.scalar(of_call.where(calls.c.id == call_id))
    return Ground(ground) if ground else None
