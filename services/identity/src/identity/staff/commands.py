"""Hiring, changing and dismissing members of staff."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

import identity.sessions.commands as sessions
from events import Region
from identity.staff.domain import NoSuchStaff, Role, StaffMember, UsernameTaken
from identity.staff.tables import staff
from kit.db import Tx


async def hire(
    tx: Tx,
    *,
    username: str,
    password_hash: str,
    roles: list[Role],
    regions: list[Region],
    shop_code: str | None,
    now: datetime,
) -> StaffMember:
    """Take on a member of staff; asked again for the very same one, it is done."""
    await tx.take_turns("staff", username)
    known = await tx.scalar(select(StaffMember).where(staff.c.username == username))
    if known and known.has_duties(roles, regions, shop_code):
        return known
    if known:
        raise UsernameTaken(username)
    member = StaffMember(
        username=username,
        password_hash=password_hash,
        roles=roles,
        regions=regions,
        shop_code=shop_code,
        created_at=now,
    )
    tx.add(member)
    await tx.publish(member.changed(now=now))
    return member


async def change(
    tx: Tx,
    staff_id: UUID,
    *,
    roles: list[Role] | None = None,
    regions: list[Region] | None = None,
    shop_code: str | None = None,
    active: bool | None = None,
    password_hash: str | None = None,
    now: datetime,
) -> StaffMember:
    """Change duties or password, or dismiss; who may not come back is signed out."""
    member = await tx.get(StaffMember, staff_id, with_for_update=True)
    if member is None:
        raise NoSuchStaff
    changed = member.assign(
        roles=roles, regions=regions, shop_code=shop_code, active=active, now=now
    )
    if changed:
        await tx.publish(changed)
    if password_hash:
        await tx.publish(member.change_password(password_hash, now=now))
    if password_hash or not member.active:
        await sessions.end_all(tx, member.id, "STAFF_CHANGED", now=now)
    return member
