"""Learning of teams; putting agents into them, and taking them out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from events import Region
from events.ids import uuid7
from kit.auth import Caller
from kit.db import Tx
from kit.errors import NotFound
from videocall.tables import agents, members, overflow_rules, teams

OVERFLOWS_AFTER_SECONDS: Final = 300
"""The wait after which every agent of the region may answer, until a supervisor says otherwise."""


@dataclass(eq=False)
class NoSuchAgent(NotFound):
    """No such agent has been at a desk of your regions yet."""

    agent_id: UUID


async def know_team(tx: Tx, team: str, region: Region) -> None:
    """Note a team by the order that was routed to it; its calls overflow within their region."""
    row = {"code": team, "region": region}
    known = insert(teams).values(row).on_conflict_do_nothing().returning(teams.c.code)
    if await tx.scalar(known):
        rule = {"id": uuid7(), "from_team": team, "to_region": region, "open": True}
        row_of_rule = rule | {"after_seconds": OVERFLOWS_AFTER_SECONDS}
        await tx.execute(insert(overflow_rules).values(row_of_rule).on_conflict_do_nothing())


async def add_member(tx: Tx, team: str, agent_id: UUID, *, manager: Caller, now: datetime) -> None:
    """Let an agent answer for a team, and from the first on for no other; said twice, done once."""
    await _check_is_ours(tx, agent_id, manager)
    row = {"agent_id": agent_id, "team": team, "added_by": manager.subject_id, "added_at": now}
    await tx.execute(insert(members).values(row).on_conflict_do_nothing())


async def remove_member(tx: Tx, team: str, agent_id: UUID, *, manager: Caller) -> None:
    """Take an agent out of a team; who is in none answers for every team of their regions."""
    await _check_is_ours(tx, agent_id, manager)
    membership = (members.c.team == team) & (members.c.agent_id == agent_id)
    await tx.execute(delete(members).where(membership))


async def _check_is_ours(tx: Tx, agent_id: UUID, manager: Caller) -> None:
    """Refuse an agent of whom no region is the manager's."""
    regions = await tx.scalar(select(agents.c.regions).where(agents.c.id == agent_id))
    if regions is None or not (not regions or any(map(manager.covers, regions))):
        raise NoSuchAgent(agent_id)
