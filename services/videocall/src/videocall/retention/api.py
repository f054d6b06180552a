"""HTTP: a legal hold over the evidence of a journey (LAW12)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from events import ReasonCode
from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from videocall.accesses.commands import note_access
from videocall.journeys.domain import NoSuchHold
from videocall.retention import commands
from videocall.retention.queries import LegalHoldView

router = APIRouter(prefix="/v1/desk/holds", tags=["evidence"])

Manager = Annotated[Caller, Depends(staff("region_manager"))]


class HoldReason(BaseModel):
    """The reason for which evidence is kept longer, or no longer."""

    reason_code: ReasonCode


@router.put("/{hold_id}/legal-hold", responses=problems(NoSuchHold, WrongRole))
async def place(
    hold_id: UUID, body: HoldReason, manager: Manager, tx: Transaction
) -> LegalHoldView:
    """Keep the evidence of a journey whatever its time; said twice, the first word stands."""
    now = clock.now()
    placed = await commands.place_hold(tx, hold_id, body.reason_code, manager=manager, now=now)
    await note_access(tx, hold_id, manager, "LEGAL_HOLD:PLACE", now=now)
    return LegalHoldView.of(placed)


@router.post(
    "/{hold_id}/legal-hold/lift", status_code=204, responses=problems(NoSuchHold, WrongRole)
)
async def lift(hold_id: UUID, body: HoldReason, manager: Manager, tx: Transaction) -> None:
    """Let the time of the evidence run again, for a reason."""
    now = clock.now()
    await commands.lift_hold(tx, hold_id, body.reason_code, manager=manager, now=now)
    await note_access(tx, hold_id, manager, "LEGAL_HOLD:LIFT", now=now)
