"""HTTP: the rules by which calls overflow to other teams (SD.4)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from events import Region
from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from videocall.overflows import commands, queries
from videocall.overflows.commands import NoSuchRule, OverflowsNowhere, RuleExists
from videocall.overflows.queries import OverflowRules
from videocall.teams.queries import HeadOfficeOnly, NoSuchTeam

router = APIRouter(prefix="/v1/staff/overflow-rules", tags=["overflow"])

Supervisor = Annotated[Caller, Depends(staff("region_manager", "auditor", "admin", "sre"))]
Manager = Annotated[Caller, Depends(staff("region_manager", "admin"))]
Seconds = Annotated[int, Field(ge=0, le=3600)]
"""How long a call has waited before others may answer it."""
TeamCode = Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{1,31}$")]


class NewRule(BaseModel):
    """Calls of a team may be answered elsewhere after a while."""

    from_team: TeamCode
    to_region: Region
    to_team: TeamCode | None = None
    """Null: every agent of the region may answer."""
    after_seconds: Seconds


class Setting(BaseModel):
    """A rule as it stands from now on."""

    after_seconds: Seconds
    open: bool


class Made(BaseModel):
    """A rule that was made."""

    rule_id: UUID


@router.get("", summary="Where calls overflow", responses=problems(WrongRole))
async def read_rules(supervisor: Supervisor, tx: Transaction) -> OverflowRules:
    """Show the rules of the teams of your regions."""
    return await queries.rules_of(tx, supervisor)


@router.post(
    "",
    status_code=201,
    responses=problems(NoSuchTeam, HeadOfficeOnly, OverflowsNowhere, RuleExists, WrongRole),
)
async def add_rule(body: NewRule, manager: Manager, tx: Transaction) -> Made:
    """Let calls of one of your teams overflow; into other regions head office decides."""
    rule_id = await commands.add_rule(
        tx,
        body.from_team,
        body.to_region,
        body.to_team,
        body.after_seconds,
        caller=manager,
        now=clock.now(),
    )
    return Made(rule_id=rule_id)


@router.put("/{rule_id}", status_code=204, responses=problems(NoSuchRule, WrongRole))
async def set_rule(rule_id: UUID, body: Setting, manager: Manager, tx: Transaction) -> None:
    """Open or close a rule, or change its time; what waits is matched by it within a second."""
    await commands.set_rule(
        tx,
        rule_id,
        after_seconds=body.after_seconds,
        is_open=body.open,
        caller=manager,
        now=clock.now(),
    )


@router.delete("/{rule_id}", status_code=204, responses=problems(NoSuchRule, WrongRole))
async def drop_rule(rule_id: UUID, manager: Manager, tx: Transaction) -> None:
    """Delete a rule."""
    await commands.drop_rule(tx, rule_id, caller=manager, now=clock.now())
