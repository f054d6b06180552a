"""Members of staff, as their token and an administrator see them."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from events import Region
from identity.staff.domain import Role, StaffMember
from identity.tables import staff
from kit.db import Tx
from kit.paging import Page, page_of


class StaffView(BaseModel):
    """A member of staff, as an administrator sees them."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    username: str
    roles: list[Role]
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


async def page(tx: Tx, *, limit: int, after: UUID | None) -> Page[StaffView]:
    """List the staff, oldest first."""
    return await page_of(
        tx,
        select(StaffMember),
        staff.c.id,
        lambda row: StaffView.model_validate(row.StaffMember),
        limit=limit,
        after=after,
    )
