"""Whether a region offers video calls, and the team that answers there."""

from datetime import datetime
from typing import cast
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from events import Region
from kit.auth import Caller
from kit.db import Tx
from videocall.agents.domain import REGIONS
from videocall.pilots.domain import NotInPilot
from videocall.tables import pilots, teams


class Pilot(BaseModel):
    """A region, and whether its customers call by video."""

    region: Region
    offered: bool
    substitute: str | None
    """The team that answers instead; without one, customers go to a store."""
    changed_by: UUID | None
    changed_at: datetime | None


class Pilots(BaseModel):
    """The regions that a supervisor covers."""

    items: list[Pilot]
    may_change: bool
    """Only head office switches."""


async def answering_team(
    tx: Tx, hold_id: UUID, region: Region, team: str, *, promised: bool = False
) -> tuple[Region, str]:
    """Return the region and team that answer the call of an order; another's is no dead end (G40).

    Who was promised an answer gets it from the order's own team. Raises `NotInPilot` where neither
    the region nor a substitute takes calls.
    """
    if promised:
        return region, team
    off = (
        select(pilots.c.substitute, teams.c.region)
        .outerjoin(teams, teams.c.code == pilots.c.substitute)
        .where(pilots.c.region == region, ~pilots.c.offered)
    )
    row = (await tx.execute(off)).one_or_none()
    if row is None:
        return region, team
    if row.region is None:
        raise NotInPilot(hold_id, region)
    return cast("Region", row.region), row.substitute


async def pilots_of(tx: Tx, caller: Caller, *, may_change: bool) -> Pilots:
    """Return the regions of a supervisor; a region that was never switched offers calls."""
    switched = {row.region: row for row in await tx.execute(select(pilots))}
    items = []
    for region in filter(caller.covers, REGIONS):
        row = switched.get(region)
        items.append(
            Pilot(
                region=region,
                offered=row.offered if row else True,
                substitute=row.substitute if row else None,
                changed_by=row.changed_by if row else None,
                changed_at=row.changed_at if row else None,
            )
        )
    return Pilots(items=items, may_change=may_change)
