"""HTTP: a supervisor's list of teams and their agents (SB.3.3, SD.4)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path

from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from videocall.teams import commands, queries
from videocall.teams.commands import NoSuchAgent
from videocall.teams.queries import Teams

manager = staff("region_manager")
router = APIRouter(prefix="/v1/desk/teams", tags=["teams"])

Manager = Annotated[Caller, Depends(manager)]
TeamCode = Annotated[str, Path(pattern=r"^[A-Z0-9][A-Z0-9-]{1,31}$", description="As order routes")]


@router.get("", dependencies=[Depends(manager)], responses=problems(WrongRole))
async def read_teams(tx: Transaction) -> Teams:
    """Show which agents answer for which team; agents in none answer for all of their regions."""
    return await queries.all_teams(tx)


@router.put(
    "/{team}/agents/{agent_id}", status_code=204, responses=problems(NoSuchAgent, WrongRole)
)
async def add_member(team: TeamCode, agent_id: UUID, manager: Manager, tx: Transaction) -> None:
    """Let an agent answer for this team; calls of other teams are no longer offered to them."""
    await commands.add_member(tx, team, agent_id, manager=manager, now=clock.now())


@router.delete(
    "/{team}/agents/{agent_id}", status_code=204, responses=problems(NoSuchAgent, WrongRole)
)
async def remove_member(team: TeamCode, agent_id: UUID, manager: Manager, tx: Transaction) -> None:
    """Take an agent out of this team."""
    await commands.remove_member(tx, team, agent_id, manager=manager)
