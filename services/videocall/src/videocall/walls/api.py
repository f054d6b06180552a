"""HTTP: the wall of supervisors (SB.3.3, SD.1)."""

from typing import Annotated

from fastapi import APIRouter, Depends

from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from videocall.settings import RequestSettings
from videocall.walls import queries
from videocall.walls.queries import Wall

router = APIRouter(prefix="/v1/staff", tags=["board"])

Supervisor = Annotated[Caller, Depends(staff("region_manager", "auditor", "admin", "sre"))]


@router.get("/call-wall", summary="Teams, agents and calls now", responses=problems(WrongRole))
async def read_wall(supervisor: Supervisor, tx: Transaction, settings: RequestSettings) -> Wall:
    """Show your teams, agents and calls at this moment, with the figures of today."""
    return await queries.wall(tx, supervisor, settings=settings, now=clock.now())
