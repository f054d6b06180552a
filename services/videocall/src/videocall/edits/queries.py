"""The changes that supervisors made, the newest first."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import or_, select

from events import Region
from kit.auth import Caller
from kit.db import Tx
from videocall.edits.domain import What
from videocall.tables import edits


class Edit(BaseModel):
    """One change: by whom, of what, how it was before and is since."""

    id: int
    at: datetime
    staff_id: UUID
    what: What
    region: Region | None
    """Null for what concerns all regions."""
    subject: str
    """The team, the team and day, the region, the rule or the agent that was changed."""
    before: Any
    after: Any


class Edits(BaseModel):
    """The newest changes."""

    items: list[Edit]


async def newest_edits(tx: Tx, caller: Caller, what: frozenset[What], *, limit: int) -> Edits:
    """Return the newest changes of the caller's regions and of all regions."""
    rows = select(edits).order_by(edits.c.id.desc()).limit(limit)
    if caller.regions:
        rows = rows.where(or_(edits.c.region.in_(caller.regions), edits.c.region.is_(None)))
    if what:
        rows = rows.where(edits.c.what.in_(what))
    newest = (await tx.execute(rows)).mappings()
    return Edits(items=[Edit.model_validate(dict(row)) for row in newest])
