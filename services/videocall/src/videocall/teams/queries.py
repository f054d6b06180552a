"""The call teams, their regions and their agents."""

from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import func, select

from events import Region
from kit.auth import Caller
from kit.db import Tx
from kit.errors import NotFound, Refused
from videocall.tables import members, teams


@dataclass(eq=False)
class NoSuchTeam(NotFound):
    """Your regions have no such call team."""

    team: str


class HeadOfficeOnly(Refused):
    """Head office decides about what concerns every region."""


class Team(BaseModel):
    """A call team and the agents who answer for it."""

    team: str
    agents: list[UUID]


class Teams(BaseModel):
    """Every team that has agents of its own."""

    items: list[Team]


async def all_teams(tx: Tx) -> Teams:
    """Return every team that has agents of its own."""
    agents = func.array_agg(members.c.agent_id).label("agents")
    rows = await tx.execute(
        select(members.c.team, agents).group_by(members.c.team).order_by(members.c.team)
    )
    return Teams(items=[Team.model_validate(dict(row)) for row in rows.mappings()])


async def teams_of(tx: Tx, caller: Caller) -> dict[str, Region]:
    """Return the teams of the caller's regions, with the region of each."""
    known = await tx.execute(select(teams.c.code, teams.c.region).order_by(teams.c.code))
    return {code: region for code, region in known if caller.covers(region)}


def check_head_office(caller: Caller) -> None:
    """Refuse everybody who has regions of their own."""
    if caller.regions:
        raise HeadOfficeOnly


async def region_of(tx: Tx, team: str, caller: Caller) -> Region:
    """Return the region of a team that the caller may change; any other looks like none."""
    region: Region | None = await tx.scalar(select(teams.c.region).where(teams.c.code == team))
    if region is None or not caller.covers(region):
        raise NoSuchTeam(team)
    return region
