"""Hiring, changing and dismissing members of staff."""

from datetime import datetime
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import select

from events import Region
from identity.passwords import commands as guesses
from identity.passwords import domain as passwords
from identity.passwords.domain import Guess
from identity.sessions import commands as sessions
from identity.sessions.domain import Credential, Session, SessionKind, WrongPassword
from identity.settings import Settings
from identity.staff.domain import Dismissed, NoSuchStaff, StaffMember, UsernameTaken
from identity.tables import staff
from kit.auth import NotSignedIn
from kit.db import Database, Tx
from values.clients import ClientKind
from values.roles import StaffRole


async def hire(
    tx: Tx,
    *,
    username: str,
    password: SecretStr,
    roles: list[StaffRole],
    regions: list[Region],
    shop_code: str | None,
    now: datetime,
) -> StaffMember:
    """Take on a member of staff; the same request again finds it done."""
    await tx.advisory_lock("staff", username)
    known = await tx.scalar(select(StaffMember).where(staff.c.username == username))
    if known and not known.active:
        raise Dismissed(username, known.id)
    if known:
        same_duties = known.has_duties(roles, regions, shop_code)
        if not same_duties or not await passwords.matches(known.password_hash, password):
            raise UsernameTaken(username)
        return known
    member = StaffMember(
        username=username,
        password_hash=await passwords.hashed(password),
        roles=roles,
        regions=regions,
        shop_code=shop_code,
        created_at=now,
        changed_at=now,
    )
    tx.add(member)
    await tx.publish(member.changed())
    return member


async def change(
    tx: Tx,
    staff_id: UUID,
    *,
    roles: list[StaffRole] | None = None,
    regions: list[Region] | None = None,
    shop_code: str | None = None,
    active: bool | None = None,
    password_hash: str | None = None,
    now: datetime,
) -> StaffMember:
    """Change duties or password, or dismiss; a new password or a dismissal ends all sessions."""
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


async def change_password(
    db: Database,
    staff_id: UUID,
    current: SecretStr,
    password: SecretStr,
    *,
    client: ClientKind,
    guess: Guess,
    settings: Settings,
    now: datetime,
) -> tuple[Session, str]:
    """Change a known password; every older session ends, and a new one begins here."""
    async with db.transaction() as tx:
        member = await tx.get(StaffMember, staff_id)
    if member is None or not member.active:
        raise NotSignedIn
    await guesses.count_guess(db, guess, staff_id, settings=settings, now=now)
    if not await passwords.matches(member.password_hash, current):
        raise WrongPassword
    password_hash, known = await passwords.hashed(password), member.password_hash
    async with db.transaction() as tx:
        member = await tx.get(StaffMember, staff_id, with_for_update=True)
        if member is None or not member.active or member.password_hash != known:
            raise WrongPassword
        await tx.publish(member.change_password(password_hash, now=now))
        await sessions.end_all(tx, member.id, "PASSWORD_CHANGED", now=now)
        await guesses.forget_guesses(tx, guess, staff_id)
        return await sessions.start(
            tx,
            member.id,
            SessionKind.STAFF,
            client=client,
            address=guess.address,
            settings=settings,
            now=now,
        )


async def credential_of(tx: Tx, *, username: str) -> Credential | None:
    """Look up the password of a member of staff, and lock the row."""
    active = select(StaffMember).where(staff.c.username == username, staff.c.active)
    member = (await tx.scalars(active.with_for_update())).one_or_none()
    if member is None:
        return None
    return Credential(member.id, SessionKind.STAFF, member.password_hash)
