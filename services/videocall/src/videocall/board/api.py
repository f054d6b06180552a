"""HTTP: the live board, for supervisors (SB.3.3, SD.1)."""

from typing import Annotated

from fastapi import APIRouter, Depends

from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from videocall.board import queries
from videocall.board.queries import Board
from videocall.settings import RequestSettings

router = APIRouter(prefix="/v1/staff", tags=["board"])

Supervisor = Annotated[Caller, Depends(staff("region_manager", "auditor", "admin", "sre"))]


@router.get("/board", summary="The regions at this moment", responses=problems(WrongRole))
async def read_board(supervisor: Supervisor, tx: Transaction, settings: RequestSettings) -> Board:
    """Show queues, agents and the service level of today, of the regions you cover."""
    return await queries.board(tx, supervisor, settings=settings, now=clock.now())
