"""HTTP: the board's figures of journeys by stage, and those that are stuck."""

from typing import Annotated

from fastapi import APIRouter, Depends

from events import Region
from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from kit.paging import After, Limit, Page, UnknownCursor
from order.stages import queries
from order.stages.domain import Responsible, Stage
from order.stages.queries import JourneyItem, StageCounts

router = APIRouter(prefix="/v1/staff/journeys", tags=["journeys"])

Overseer = Annotated[Caller, Depends(staff("region_manager", "admin", "sre", "auditor"))]


@router.get(
    "/stuck", summary="Journeys that are stuck", responses=problems(UnknownCursor, WrongRole)
)
async def read_stuck(
    overseer: Overseer,
    tx: Transaction,
    region: Region | None = None,
    stage: Stage | None = None,
    responsible: Responsible | None = None,
    after: After = None,
    limit: Limit = 20,
) -> Page[JourneyItem]:
    """List journeys longer in one stage than its limit, with the next step and whose it is."""
    return await queries.stuck(
        tx,
        overseer,
        region=region,
        stage=stage,
        responsible=responsible,
        after=after,
        limit=limit,
        now=clock.now(),
    )


@router.get("/stages", summary="Journeys under way, by stage", responses=problems(WrongRole))
async def read_stages(
    overseer: Overseer, tx: Transaction, region: Region | None = None
) -> StageCounts:
    """Count the journeys under way by stage and region, and those of them that are stuck."""
    return await queries.counts(tx, overseer, region=region, now=clock.now())
