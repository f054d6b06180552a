"""The access log of a service that shows personal data: each look by staff, for auditors (LAW19).

A service has an append-only table `access_log` of its own (`id at staff_id hold_id what`) and one
of its cases with `hold_id` and `region`; both are handed in. Ids are UUIDs or counted numbers.
"""

from datetime import datetime
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Table, select

from kit.auth import Caller, staff
from kit.db import Tx
from kit.paging import each_readable, known_cursor

Key = TypeVar("Key", UUID, int)
LogId = Annotated[int, Field(ge=1, le=2**63 - 1)]
Auditor = Annotated[Caller, Depends(staff("auditor", "admin"))]


class Asked(BaseModel, Generic[Key]):
    """The filters of the access log. An unknown one is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")

    hold_id: UUID | None = None
    staff_id: UUID | None = None
    after: Key | None = Field(None, description="`next` of the page before")
    limit: int = Field(50, ge=1, le=100, description="How many items a page has")


class Access(BaseModel, Generic[Key]):
    """One look: whose case, by which member of staff, at what."""

    id: Key
    at: datetime
    staff_id: UUID
    hold_id: UUID
    what: str


class AccessPage(BaseModel, Generic[Key]):
    """One page of the access log."""

    items: list[Access[Key]]
    next: Key | None = None
    """Pass it as `after` to read on; null at the end."""


async def accesses_of(
    tx: Tx, auditor: Caller, asked: Asked[Key], *, accesses: Table, cases: Table
) -> AccessPage[Key]:
    """Return the looks at cases of an auditor's regions, the newest first.

    Raises `UnknownCursor` for an `after` that this auditor's list never gave out.
    """
    rows = select(accesses).join(cases, cases.c.hold_id == accesses.c.hold_id)
    if auditor.regions:
        rows = rows.where(cases.c.region.in_(auditor.regions))
    if asked.after is not None:
        await known_cursor(tx, rows.with_only_columns(accesses.c.id), asked.after)
        rows = rows.where(accesses.c.id < asked.after)
    if asked.hold_id:
        rows = rows.where(accesses.c.hold_id == asked.hold_id)
    if asked.staff_id:
        rows = rows.where(accesses.c.staff_id == asked.staff_id)
    paged = await tx.execute(rows.order_by(accesses.c.id.desc()).limit(asked.limit + 1))
    looks = paged.mappings().all()
    items = each_readable(looks[: asked.limit], lambda look: Access[Key].model_validate(dict(look)))
    following = looks[asked.limit - 1]["id"] if len(looks) > asked.limit else None
    return AccessPage[Key](items=items, next=following)
