"""HTTP: an agent's shift (SB.3.3, SD.1)."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from kit import clock
from kit.auth import WrongRole
from kit.db import Transaction
from kit.http import problems
from videocall.agents.commands import AtDesk
from videocall.agents.domain import AgentState, BreakReason
from videocall.offers.commands import choose_state
from videocall.settings import RequestSettings
from videocall.shifts.queries import Shift, shift_of

router = APIRouter(prefix="/v1/desk/shift", tags=["shifts"])


class Change(BaseModel):
    """The state that an agent chooses; only a break has a reason."""

    state: Literal["AVAILABLE", "BREAK", "OFFLINE"]
    reason_code: BreakReason | None = None


@router.get("", responses=problems(WrongRole))
async def read_shift(agent: AtDesk, tx: Transaction) -> Shift:
    """Show the caller's state, and the calls of the day so far."""
    return await shift_of(tx, agent, now=clock.now())


@router.put("", responses=problems(WrongRole))
async def change_shift(
    body: Change, agent: AtDesk, tx: Transaction, settings: RequestSettings
) -> Shift:
    """Choose a state; while a call rings or is in hand, the state that follows it.

    Only an available agent is offered calls.
    """
    now = clock.now()
    state = AgentState(body.state)
    reason = body.reason_code if state is AgentState.BREAK else None
    await choose_state(tx, agent, state, reason, settings=settings, now=now)
    return await shift_of(tx, agent, now=now)
