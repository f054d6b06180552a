"""Making, switching and deleting rules of overflow; the sweep matches by them within a second."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from events import Region
from events.ids import uuid7
from kit.auth import Caller
from kit.db import Tx
from kit.errors import Conflict, Invalid, NotFound
from videocall.edits.commands import note_edit
from videocall.tables import overflow_rules, teams
from videocall.teams.queries import HeadOfficeOnly, region_of


@dataclass(eq=False)
class NoSuchRule(NotFound):
    """Your regions have no such rule of overflow."""

    rule_id: UUID


@dataclass(eq=False)
class RuleExists(Conflict):
    """Calls of this team overflow to there by another rule: change that one."""

    from_team: str


@dataclass(eq=False)
class OverflowsNowhere(Invalid):
    """Calls overflow to another team, or to every agent of a region."""

    to_region: Region
    to_team: str | None


async def add_rule(
    tx: Tx,
    from_team: str,
    to_region: Region,
    to_team: str | None,
    after_seconds: int,
    *,
    caller: Caller,
    now: datetime,
) -> UUID:
    """Let calls of a team overflow; into a region that is not the caller's, head office decides."""
    region = await region_of(tx, from_team, caller)
    if not caller.covers(to_region):
        raise HeadOfficeOnly
    if to_team:
        home = await tx.scalar(select(teams.c.region).where(teams.c.code == to_team))
        if to_team == from_team or home != to_region:
            raise OverflowsNowhere(to_region, to_team)
    await tx.advisory_lock("overflow", from_team)
    same = (overflow_rules.c.from_team == from_team) & (overflow_rules.c.to_region == to_region)
    to_same_team = overflow_rules.c.to_team.is_not_distinct_from(to_team)
    if await tx.scalar(select(overflow_rules.c.id).where(same, to_same_team)):
        raise RuleExists(from_team)
    target = {"to_region": to_region, "to_team": to_team}
    rule = target | {"after_seconds": after_seconds, "open": True}
    rule_id = uuid7()
    row = {"id": rule_id, "from_team": from_team, "changed_by": caller.subject_id}
    await tx.execute(insert(overflow_rules).values(row | rule | {"changed_at": now}))
    await note_edit(
        tx, caller, "OVERFLOW", from_team, region=region, before=None, after=rule, now=now
    )
    return rule_id


async def set_rule(
    tx: Tx,
    rule_id: UUID,
    *,
    after_seconds: int,
    is_open: bool,
    caller: Caller,
    now: datetime,
) -> None:
    """Open or close a rule, or change the time after which it counts; said twice, done once."""
    rule, region = await _rule(tx, rule_id, caller)
    before = {name: rule[name] for name in ("to_region", "to_team", "after_seconds", "open")}
    after = before | {"after_seconds": after_seconds, "open": is_open}
    if before == after:
        return
    changed = update(overflow_rules).where(overflow_rules.c.id == rule_id)
    since = {"changed_by": caller.subject_id, "changed_at": now}
    await tx.execute(changed.values(after_seconds=after_seconds, open=is_open, **since))
    team = rule["from_team"]
    await note_edit(
        tx, caller, "OVERFLOW", team, region=region, before=before, after=after, now=now
    )


async def drop_rule(tx: Tx, rule_id: UUID, *, caller: Caller, now: datetime) -> None:
    """Delete a rule."""
    rule, region = await _rule(tx, rule_id, caller)
    before = {name: rule[name] for name in ("to_region", "to_team", "after_seconds", "open")}
    await tx.execute(delete(overflow_rules).where(overflow_rules.c.id == rule_id))
    await note_edit(
        tx, caller, "OVERFLOW", rule["from_team"], region=region, before=before, after=None, now=now
    )


async def _rule(tx: Tx, rule_id: UUID, caller: Caller) -> tuple[Any, Region]:
    sought = select(overflow_rules).where(overflow_rules.c.id == rule_id).with_for_update()
    rule = (await tx.execute(sought)).mappings().one_or_none()
    if rule is None:
        raise NoSuchRule(rule_id)
    region: Region | None = await tx.scalar(
        select(teams.c.region).where(teams.c.code == rule["from_team"])
    )
    if region is None or not caller.covers(region):
        raise NoSuchRule(rule_id)
    return rule, region
