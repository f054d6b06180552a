"""HTTP: a supervisor puts agents into states and moves waiting calls (SB.3.3, SD.4)."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from videocall.agents.domain import AgentState, BreakReason
from videocall.calls.states import CallMoved, NoSuchCall
from videocall.desk.queries import DeskCall, desk_view
from videocall.settings import RequestSettings
from videocall.supervision import commands
from videocall.teams.commands import NoSuchAgent
from videocall.teams.queries import NoSuchTeam

router = APIRouter(prefix="/v1/desk", tags=["supervision"])

Manager = Annotated[Caller, Depends(staff("region_manager"))]


class ForcedState(BaseModel):
    """The state that a supervisor puts an agent into; only a break has a reason."""

    state: Literal["AVAILABLE", "BREAK", "OFFLINE"]
    reason_code: BreakReason | None = None


class OtherTeam(BaseModel):
    """The team for which a call waits from now on."""

    team: str = Field(pattern=r"^[A-Z0-9][A-Z0-9-]{1,31}$")


@router.put("/agents/{agent_id}/state", status_code=204, responses=problems(NoSuchAgent, WrongRole))
async def force_state(
    agent_id: UUID,
    body: ForcedState,
    manager: Manager,
    tx: Transaction,
    settings: RequestSettings,
) -> None:
    """Put an agent of your regions into a state; after the call, if one rings or is in hand."""
    state = AgentState(body.state)
    reason = body.reason_code if state is AgentState.BREAK else None
    await commands.force_state(
        tx, agent_id, state, reason, manager=manager, settings=settings, now=clock.now()
    )


@router.post(
    "/calls/{call_id}/move", responses=problems(NoSuchCall, NoSuchTeam, CallMoved, WrongRole)
)
async def move(
    call_id: UUID, body: OtherTeam, manager: Manager, tx: Transaction, settings: RequestSettings
) -> DeskCall:
    """Let a waiting call wait for another of your teams; its place is kept."""
    now = clock.now()
    call = await commands.move(tx, call_id, body.team, manager=manager, settings=settings, now=now)
    return await desk_view(tx, call, now=now)
