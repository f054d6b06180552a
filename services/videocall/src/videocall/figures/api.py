"""HTTP: the figures of call teams by day (SD.1, SB.3.3)."""

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query

from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from videocall.figures import queries
from videocall.figures.queries import Figures
from videocall.teams.queries import teams_of

router = APIRouter(prefix="/v1/staff", tags=["board"])

FIRST: Final = date(2020, 1, 1)
"""There are no figures of older days."""
Supervisor = Annotated[Caller, Depends(staff("region_manager", "auditor", "admin", "sre"))]


@router.get("/call-figures", summary="Teams by day", responses=problems(WrongRole))
async def read_figures(
    supervisor: Supervisor,
    tx: Transaction,
    last: Annotated[
        date | None, Query(ge=FIRST, description="The last day; today if unset")
    ] = None,
    days: Annotated[int, Query(ge=1, le=31)] = 7,
) -> Figures:
    """Show how soon each of your teams answered, and how busy it was, day by day."""
    now = clock.now()
    today = queries.today(now)
    teams = await teams_of(tx, supervisor)
    return await queries.figures_of(tx, teams, last=min(last or today, today), days=days, now=now)
