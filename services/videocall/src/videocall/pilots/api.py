"""HTTP: in which regions customers call by video (G40)."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from events import Region
from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from videocall.pilots import commands, queries
from videocall.pilots.domain import NoSubstitute, SubstituteNeeded
from videocall.pilots.queries import Pilots
from videocall.teams.queries import HeadOfficeOnly

router = APIRouter(prefix="/v1/staff/video-regions", tags=["pilot"])

Supervisor = Annotated[Caller, Depends(staff("region_manager", "auditor", "admin", "sre"))]
Switcher = Annotated[Caller, Depends(staff("region_manager", "admin"))]


class Switch(BaseModel):
    """Whether customers of a region call by video, and who answers otherwise."""

    offered: bool
    substitute: str | None = Field(None, max_length=32)
    """A team of another region that answers instead; without one, customers go to a store."""


@router.get("", summary="Where customers call by video", responses=problems(WrongRole))
async def read_regions(supervisor: Supervisor, tx: Transaction) -> Pilots:
    """Show the regions you cover, and who answers their customers' calls."""
    return await queries.pilots_of(tx, supervisor, may_change=not supervisor.regions)


@router.put(
    "/{region}",
    status_code=204,
    summary="Switch video calls of a region",
    responses=problems(HeadOfficeOnly, NoSubstitute, SubstituteNeeded, WrongRole),
)
async def switch(region: Region, body: Switch, switcher: Switcher, tx: Transaction) -> None:
    """Switch video calls on or off in a region (head office); written down with what was before."""
    await commands.switch(
        tx,
        region,
        offered=body.offered,
        substitute=body.substitute,
        caller=switcher,
        now=clock.now(),
    )
