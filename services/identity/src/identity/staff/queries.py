"""What is known about members of staff."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from events import Region
from identity.sessions.domain import Credential, Kind
from identity.staff.domain import Role, StaffMember
from identity.staff.tables import staff
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


async def credential_of(tx: Tx, *, username: str) -> Credential | None:
    """Look up what a member of staff signs in with."""
    active = select(StaffMember).where(staff.c.username == username, staff.c.active)
    member = (await tx.scalars(active.with_for_update())).one_or_none()
    if member is None:
        return None
    return Credential(member.id, Kind.STAFF, member.password_hash)


async def claims_of(tx: Tx, staff_id: UUID) -> dict[str, Any] | None:
    """Return what an access token says about a member of staff."""
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
