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
from kit.paging import Page, each_readable, known_cursor


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
    some = select(StaffMember).order_by(staff.c.id).limit(limit + 1)
    if after:
        await known_cursor(tx, select(staff.c.id), after)
        some = some.where(staff.c.id > after)
    found = (await tx.scalars(some)).all()
    following = found[limit - 1].id if len(found) > limit else None
    return Page(items=each_readable(found[:limit], StaffView.model_validate), next=following)
