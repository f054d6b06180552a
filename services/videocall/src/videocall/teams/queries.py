"""The call teams and their agents."""

from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import func, select

from kit.db import Tx
from videocall.tables import members


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
