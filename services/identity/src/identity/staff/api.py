"""HTTP: administering the staff."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from events import Region, ShopCode
from identity.passwords import domain as passwords
from identity.passwords.domain import ChangePassword, Guess, Password, TooManyLogins
from identity.sessions.domain import WrongPassword
from identity.sessions.queries import RequestTokenDelivery, SignedIn, TokenPair
from identity.settings import RequestSettings
from identity.staff import commands, queries
from identity.staff.domain import Dismissed, NoSuchStaff, ShopMissing, UsernameTaken
from identity.staff.queries import StaffFilter, StaffNames, StaffPage, StaffView
from kit import clock
from kit.auth import Caller, NotSignedIn, Staff, WrongRole, staff
from kit.client_address import ClientAddress
from kit.db import RequestDatabase, Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from kit.paging import After, Limit
from values.roles import StaffRole

router = APIRouter(prefix="/v1/staff", tags=["staff"])

Admin = Annotated[Caller, Depends(staff("admin"))]


class Hire(BaseModel):
    """A new member of staff."""

    username: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{1,63}$")
    password: Password
    roles: list[StaffRole] = Field(min_length=1)
    regions: list[Region] = []
    """Empty for head office: all regions."""
    shop_code: ShopCode | None = None


class Change(BaseModel):
    """The changes of a member of staff; fields that are left out stay."""

    password: Password | None = None
    roles: list[StaffRole] | None = Field(default=None, min_length=1)
    regions: list[Region] | None = None
    shop_code: ShopCode | None = None
    active: bool | None = None


async def _filter(
    q: Annotated[str | None, Query(max_length=64, description="A part of the user name")] = None,
    role: StaffRole | None = None,
    region: Region | None = None,
    active: Annotated[bool | None, Query()] = None,
) -> StaffFilter:
    return StaffFilter(text=q, role=role, region=region, active=active)


@router.get("", summary="List the staff", responses=problems(WrongRole))
async def list_staff(
    _: Admin,
    tx: Transaction,
    criteria: Annotated[StaffFilter, Depends(_filter)],
    limit: Limit = 50,
    after: After = None,
) -> StaffPage:
    """List the members of staff, dismissed ones included."""
    return await queries.page(tx, criteria, limit=limit, after=after)


@router.get("/names", summary="The names of colleagues", responses=problems(WrongRole))
async def read_names(
    _: Staff,
    tx: Transaction,
    staff_id: Annotated[list[UUID], Query(alias="id", max_length=100, default_factory=list)],
) -> StaffNames:
    """Name up to 100 members of staff, as lists of other services know them by id only."""
    return await queries.names_of(tx, staff_id)


@router.post(
    "",
    status_code=201,
    summary="Add a member of staff",
    responses=problems(WrongRole, UsernameTaken, Dismissed, ShopMissing),
)
async def hire(body: Hire, _: Admin, db: RequestDatabase) -> StaffView:
    """Take on a member of staff."""
    async with db.transaction() as tx:
        member = await commands.hire(
            tx,
            password=body.password,
            now=clock.now(),
            **body.model_dump(exclude={"password"}),
        )
        return StaffView.model_validate(member)


@router.patch(
    "/{staff_id}",
    summary="Change or dismiss a member of staff",
    responses=problems(WrongRole, NoSuchStaff, ShopMissing),
)
async def change(staff_id: UUID, body: Change, _: Admin, db: RequestDatabase) -> StaffView:
    """Change duties or password, or dismiss; sessions end when the password or the job does."""
    password_hash = await passwords.hashed(body.password) if body.password else None
    async with db.transaction() as tx:
        member = await commands.change(
            tx,
            staff_id,
            password_hash=password_hash,
            now=clock.now(),
            **body.model_dump(exclude={"password"}, exclude_unset=True),
        )
        return StaffView.model_validate(member)


@router.put(
    "/me/password",
    summary="Change my password as a member of staff",
    responses=problems(NotSignedIn, WrongRole, WrongPassword, TooManyLogins),
)
async def change_password(
    body: ChangePassword,
    caller: Staff,
    address: ClientAddress,
    db: RequestDatabase,
    sealer: RequestSealer,
    tokens: RequestTokenDelivery,
    settings: RequestSettings,
) -> TokenPair | SignedIn:
    """Change the password; every other session ends, and this one goes on with a new pair."""
    session, refresh_token = await commands.change_password(
        db,
        caller.subject_id,
        body.current,
        body.password,
        client=caller.client,
        guess=Guess.of(f"own-password:{caller.subject_id}", address, sealer),
        settings=settings,
        now=clock.now(),
    )
    async with db.transaction() as tx:
        claims = await queries.claims_of(tx, session.subject_id)
    return tokens.deliver(session, refresh_token, claims or {}, now=clock.now())
