"""Members of staff, as their token and an administrator see them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, any_, func, literal, select

from events import Region
from identity.staff.domain import StaffMember
from identity.tables import staff
from kit.db import Tx
from kit.paging import Page, page_of
from values.roles import StaffRole


class StaffView(BaseModel):
    """A member of staff, as an administrator sees them."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    username: str
    roles: list[StaffRole]
    regions: list[Region]
    shop_code: str | None
    active: bool


async def claims_of(tx: Tx, staff_id: UUID) -> dict[str, Any] | None:
    """Return the claims of an access token about a member of staff; none after a dismissal."""
    member = await tx.get(StaffMember, staff_id)
    if member is None or not member.active:
        return None
    return {
        "roles": member.roles,
        "regions": member.regions,
        "shop_code": member.shop_code,
        "locale": "vi",
        "as_of": member.changed_at.isoformat(),
    }


class StaffName(BaseModel):
    """The user name of a member of staff, for a list that knows their id."""

    staff_id: UUID
    username: str


class StaffNames(BaseModel):
    """The names of those who are or were members of staff."""

    items: list[StaffName]


@dataclass(frozen=True)
class StaffFilter:
    """Criteria of a list of staff; None narrows nothing."""

    text: str | None = None
    """A part of the user name."""
    role: StaffRole | None = None
    region: Region | None = None
    """Their region; head office, which has all, is not among them."""
    active: bool | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what a row has to fulfil."""
        named = staff.c.username.contains((self.text or "").strip().lower(), autoescape=True)
        return [
            *([named] if self.text else []),
            *([literal(self.role) == any_(staff.c.roles)] if self.role else []),
            *([literal(self.region) == any_(staff.c.regions)] if self.region else []),
            *([staff.c.active.is_(self.active)] if self.active is not None else []),
        ]


class StaffPage(Page[StaffView]):
    """A page of the staff, and how many there are in all."""

    total: int


async def names_of(tx: Tx, ids: list[UUID]) -> StaffNames:
    """Name members of staff, dismissed ones too; unknown ids are left out."""
    known = select(staff.c.id, staff.c.username).where(staff.c.id.in_(ids)).order_by(staff.c.id)
    return StaffNames(
        items=[StaffName(staff_id=row.id, username=row.username) for row in await tx.execute(known)]
    )


async def page(tx: Tx, criteria: StaffFilter, *, limit: int, after: UUID | None) -> StaffPage:
    """List the staff, oldest first."""
    chosen = select(StaffMember).where(*criteria.conditions())
    counted = select(func.count()).select_from(staff).where(*criteria.conditions())
    listed = await page_of(
        tx,
        chosen,
        staff.c.id,
        lambda row: StaffView.model_validate(row.StaffMember),
        limit=limit,
        after=after,
        cursors=select(StaffMember),
    )
    return StaffPage(**dict(listed), total=await tx.scalar(counted) or 0)
