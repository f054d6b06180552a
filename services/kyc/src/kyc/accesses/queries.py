"""Reading the access log a page at a time."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import select

from kit.auth import Caller
from kit.db import Tx
from kit.paging import each_readable, known_cursor
from kyc.tables import accesses, journeys

FURTHEST = 2**63 - 1


class Asked(BaseModel):
    """Which looks to show."""

    hold_id: UUID | None = None
    staff_id: UUID | None = None
    after: int | None = Field(None, ge=1, le=FURTHEST, description="`next` of the page before")
    limit: int = Field(50, ge=1, le=100, description="How many items a page has")


class Access(BaseModel):
    """One look: whose case, by which member of staff, at what."""

    id: int
    at: datetime
    staff_id: UUID
    hold_id: UUID
    what: str


class AccessPage(BaseModel):
    """One page of the access log."""

    items: list[Access]
    next: int | None = None
    """Pass it as `after` to read on; null at the end."""


async def accesses_of(tx: Tx, who: Caller, asked: Asked) -> AccessPage:
    """Return the looks at cases of an auditor's regions."""
    wanted = select(accesses).join(journeys, journeys.c.hold_id == accesses.c.hold_id)
    if who.regions:
        wanted = wanted.where(journeys.c.region.in_(who.regions))
    if asked.after:
        await known_cursor(tx, wanted.with_only_columns(accesses.c.id), asked.after)
        wanted = wanted.where(accesses.c.id > asked.after)
    if asked.hold_id:
        wanted = wanted.where(accesses.c.hold_id == asked.hold_id)
    if asked.staff_id:
        wanted = wanted.where(accesses.c.staff_id == asked.staff_id)
    rows = await tx.execute(wanted.order_by(accesses.c.id).limit(asked.limit + 1))
    looks = rows.mappings().all()
    items = each_readable(looks[: asked.limit], lambda look: Access.model_validate(dict(look)))
    following = looks[asked.limit - 1]["id"] if len(looks) > asked.limit else None
    return AccessPage(items=items, next=following)
