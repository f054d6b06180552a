"""The rules of overflow, and what they make of a waiting call."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, Exists, and_, exists, or_, select, text

from events import Region
from kit.auth import Caller
from kit.db import Tx
from videocall.tables import calls, members, overflow_rules, teams


class OverflowRule(BaseModel):
    """A rule: calls of a team that have waited so long may be answered elsewhere, too."""

    rule_id: UUID
    from_team: str
    region: Region
    """Of the team whose calls these are."""
    to_region: Region
    to_team: str | None
    """Null: every agent of the region may answer."""
    after_seconds: int
    open: bool
    changed_by: UUID | None
    changed_at: datetime | None


class OverflowRules(BaseModel):
    """The rules of the caller's teams."""

    items: list[OverflowRule]


async def rules_of(tx: Tx, caller: Caller) -> OverflowRules:
    """Return the rules of the teams that a supervisor covers, by team and waiting time."""
    rows = await tx.execute(
        select(overflow_rules, teams.c.region)
        .join(teams, teams.c.code == overflow_rules.c.from_team)
        .order_by(overflow_rules.c.from_team, overflow_rules.c.after_seconds)
    )
    return OverflowRules(
        items=[
            OverflowRule(rule_id=row["id"], **row)
            for row in rows.mappings()
            if caller.covers(row["region"])
        ]
    )


def is_due(now: datetime) -> ColumnElement[bool]:
    """Select the rules that are open and by which a call, joined by its team, has waited enough."""
    waited = calls.c.queued_at + overflow_rules.c.after_seconds * text("interval '1 second'")
    return and_(overflow_rules.c.from_team == calls.c.team, overflow_rules.c.open, waited <= now)


def reaches(agent: Caller, now: datetime) -> Exists:
    """Select the calls that overflow to an agent, by the agent's regions and teams."""
    own_teams = select(members.c.team).where(members.c.agent_id == agent.subject_id)
    to_team = or_(
        overflow_rules.c.to_team.is_(None),
        overflow_rules.c.to_team.in_(own_teams),
        ~own_teams.exists(),
    )
    rule = and_(is_due(now), to_team)
    if agent.regions:
        rule = and_(rule, overflow_rules.c.to_region.in_(agent.regions))
    return exists().where(rule)
