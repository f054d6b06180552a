"""Reading the access log a page at a time."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from activation.tables import accesses, activations
from kit.auth import Caller
from kit.db import Tx
from kit.paging import Page, each_readable, known_cursor


class Asked(BaseModel):
    """Which looks to show. A filter nobody knows is refused, not overlooked."""

    model_config = ConfigDict(extra="forbid")

    hold_id: UUID | None = None
    staff_id: UUID | None = None
    after: UUID | None = Field(None, description="`next` of the page before")
    limit: int = Field(50, ge=1, le=100, description="How many items a page has")


class Access(BaseModel):
    """One look: whose case, by which member of staff, at what."""

    id: UUID
    at: datetime
    staff_id: UUID
    hold_id: UUID
    what: str


async def accesses_of(tx: Tx, who: Caller, asked: Asked) -> Page[Access]:
    """Return the looks at cases of an auditor's regions, the oldest first."""
    wanted = select(accesses).join(activations, activations.c.hold_id == accesses.c.hold_id)
    if who.regions:
        wanted = wanted.where(activations.c.region.in_(who.regions))
    if asked.after:
        await known_cursor(tx, select(accesses.c.id), asked.after)
        wanted = wanted.where(accesses.c.id > asked.after)
    if asked.hold_id:
        wanted = wanted.where(accesses.c.hold_id == asked.hold_id)
    if asked.staff_id:
        wanted = wanted.where(accesses.c.staff_id == asked.staff_id)
    rows = await tx.execute(wanted.order_by(accesses.c.id).limit(asked.limit + 1))
    looks = rows.mappings().all()
    items = each_readable(looks[: asked.limit], lambda look: Access.model_validate(dict(look)))
    return Page(
        items=items, next=looks[asked.limit - 1]["id"] if len(looks) > asked.limit else None
    )
