"""HTTP: an agent's shift (SB.3.3, SD.1)."""

from fastapi import APIRouter
from pydantic import BaseModel

from kit import clock
from kit.auth import WrongRole
from kit.db import Transaction
from kit.http import problems
from videocall.shifts.commands import Agent, change_readiness
from videocall.shifts.domain import BreakReason, Readiness
from videocall.shifts.queries import Shift, shift_of

router = APIRouter(prefix="/v1/desk/shift", tags=["shifts"])


class Change(BaseModel):
    """An agent's readiness from now on; only a break has a reason."""

    readiness: Readiness
    reason_code: BreakReason | None = None


@router.get("", responses=problems(WrongRole))
async def read_shift(agent: Agent, tx: Transaction) -> Shift:
    """Show the caller's readiness, and the calls of the day so far."""
    return await shift_of(tx, agent, now=clock.now())


@router.put("", responses=problems(WrongRole))
async def change_shift(body: Change, agent: Agent, tx: Transaction) -> Shift:
    """Go on a break, or be ready again; on a break no call can be taken."""
    now = clock.now()
    reason = body.reason_code if body.readiness is Readiness.BREAK else None
    await change_readiness(tx, agent, body.readiness, reason=reason, now=now)
    return await shift_of(tx, agent, now=now)
