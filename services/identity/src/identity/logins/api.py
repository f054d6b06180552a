"""HTTP: signing in, staying signed in and signing out."""

import json
from functools import partial
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from identity.accounts import queries as customers
from identity.accounts.commands import credential_of as customer_credential
from identity.passwords.domain import GivenPassword, Guess, TooManyLogins
from identity.sessions import commands
from identity.sessions.domain import LoginRefused, SessionKind, SessionOver
from identity.sessions.queries import TokenPair, token_pair
from identity.settings import RequestSettings
from identity.staff import queries as staff
from identity.staff.commands import credential_of as staff_credential
from kit import clock
from kit.auth import ISSUER, AnyCaller, NotSignedIn, WrongRole
from kit.client_address import ClientAddress
from kit.db import RequestDatabase, Transaction
from kit.dependencies import RequestSealer, RequestSigner
from kit.http import problems
from values.phones import Phone

router = APIRouter(prefix="/v1", tags=["sessions"])


class LogIn(BaseModel):
    """The phone of an account and its password."""

    phone: Phone
    password: GivenPassword


class StaffLogIn(BaseModel):
    """The user name of a member of staff and their password."""

    username: str = Field(max_length=64)
    password: GivenPassword


class Refresh(BaseModel):
    """The refresh token of the last answer."""

    refresh_token: str = Field(max_length=256)


@router.post(
    "/sessions",
    status_code=201,
    summary="Log in (F1.15-F1.18)",
    responses=problems(LoginRefused, TooManyLogins),
)
async def log_in(
    body: LogIn,
    address: ClientAddress,
    db: RequestDatabase,
    sealer: RequestSealer,
    signer: RequestSigner,
    settings: RequestSettings,
) -> TokenPair:
    """Log a customer in; a wrong password and an unknown phone get the same answer (F1.17)."""
    index = sealer.blind_index(body.phone)
    session, refresh_token = await commands.sign_in(
        db,
        Guess.of(f"customer:{body.phone}", address, sealer),
        partial(customer_credential, phone_index=index),
        body.password,
        settings=settings,
        now=clock.now(),
    )
    async with db.transaction() as tx:
        claims = await customers.claims_of(tx, session.subject_id, sealer)
    return token_pair(
        session, refresh_token, claims or {}, signer=signer, settings=settings, now=clock.now()
    )


@router.post(
    "/staff-sessions",
    status_code=201,
    summary="Log in as staff",
    responses=problems(LoginRefused, TooManyLogins),
)
async def log_staff_in(
    body: StaffLogIn,
    address: ClientAddress,
    db: RequestDatabase,
    sealer: RequestSealer,
    signer: RequestSigner,
    settings: RequestSettings,
) -> TokenPair:
    """Log a member of staff in."""
    username = body.username.strip().lower()
    session, refresh_token = await commands.sign_in(
        db,
        Guess.of(f"staff:{username}", address, sealer),
        partial(staff_credential, username=username),
        body.password,
        settings=settings,
        now=clock.now(),
    )
    async with db.transaction() as tx:
        claims = await staff.claims_of(tx, session.subject_id)
    return token_pair(
        session, refresh_token, claims or {}, signer=signer, settings=settings, now=clock.now()
    )


@router.post("/sessions/refresh", summary="Stay signed in", responses=problems(SessionOver))
async def refresh(
    body: Refresh,
    db: RequestDatabase,
    sealer: RequestSealer,
    signer: RequestSigner,
    settings: RequestSettings,
) -> TokenPair:
    """Change a refresh token for a new pair; the old one is void, and using it again is theft."""
    session, refresh_token = await commands.refresh(
        db, body.refresh_token, settings=settings, now=clock.now()
    )
    async with db.transaction() as tx:
        if session.kind is SessionKind.CUSTOMER:
            claims = await customers.claims_of(tx, session.subject_id, sealer)
        else:
            claims = await staff.claims_of(tx, session.subject_id)
    if claims is None:
        raise SessionOver
    return token_pair(
        session, refresh_token, claims, signer=signer, settings=settings, now=clock.now()
    )


@router.get("/jwks", summary="The public keys that tokens are checked with (RFC 7517)")
async def jwks(settings: RequestSettings) -> dict[str, Any]:
    """Show the keys as they are mounted; several during a rotation."""
    keys: dict[str, Any] = json.loads((settings.keys_dir / "jwks" / f"{ISSUER}.json").read_text())
    return keys


@router.delete(
    "/sessions/current",
    status_code=204,
    summary="Log out",
    responses=problems(NotSignedIn, WrongRole),
)
async def log_out(caller: AnyCaller, tx: Transaction) -> None:
    """End the session of this token; it opens nothing any more, anywhere."""
    if caller.kind == "partner":  # a channel's tokens end with its secret
        raise WrongRole
    if caller.session_id is None:
        raise NotSignedIn
    await commands.end(tx, caller.session_id, now=clock.now())
