"""HTTP: signing in, staying signed in and signing out."""

import json
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from identity.accounts import queries as customers
from identity.accounts.commands import credential_of as customer_credential
from identity.passwords.domain import GivenPassword, Guess, TooManyLogins
from identity.sessions import commands
from identity.sessions.domain import LoginRefused, SessionKind, SessionOver
from identity.sessions.queries import (
    CurrentSession,
    RequestTokenDelivery,
    SignedIn,
    TokenPair,
    current_session,
)
from identity.settings import RequestSettings
from identity.staff import queries as staff
from identity.staff.commands import credential_of as staff_credential
from kit import clock
from kit.auth import ISSUER, KnownCaller, NotSignedIn, Person, WrongRole
from kit.client_address import ClientAddress
from kit.cookies import CrossSiteRequest
from kit.db import RequestDatabase, Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from values.clients import ClientKind
from values.phones import Phone

router = APIRouter(prefix="/v1", tags=["sessions"])


class LogIn(BaseModel):
    """The phone of an account and its password."""

    phone: Phone
    password: GivenPassword
    client: ClientKind | None = None
    """The program signed in with; unless it says so, a page is a browser and others are apps."""


class StaffLogIn(BaseModel):
    """The user name of a member of staff and their password."""

    username: str = Field(max_length=64)
    password: GivenPassword
    client: ClientKind | None = None


class Refresh(BaseModel):
    """The refresh token of the last answer; a page leaves it out, since it is in its cookie."""

    refresh_token: str | None = Field(default=None, max_length=256)
    client: ClientKind | None = None
    """The program that goes on with the session, if it is another than before."""


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
    tokens: RequestTokenDelivery,
    settings: RequestSettings,
) -> TokenPair | SignedIn:
    """Log a customer in; a wrong password and an unknown phone get the same answer (F1.17)."""
    index = sealer.blind_index(body.phone)
    session, refresh_token = await commands.sign_in(
        db,
        Guess.of(f"customer:{body.phone}", address, sealer),
        partial(customer_credential, phone_index=index),
        body.password,
        client=tokens.client(body.client),
        settings=settings,
        now=clock.now(),
    )
    async with db.transaction() as tx:
        claims = await customers.claims_of(tx, session.subject_id, sealer)
    return tokens.deliver(session, refresh_token, claims or {}, now=clock.now())


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
    tokens: RequestTokenDelivery,
    settings: RequestSettings,
) -> TokenPair | SignedIn:
    """Log a member of staff in."""
    username = body.username.strip().lower()
    session, refresh_token = await commands.sign_in(
        db,
        Guess.of(f"staff:{username}", address, sealer),
        partial(staff_credential, username=username),
        body.password,
        client=tokens.client(body.client),
        settings=settings,
        now=clock.now(),
    )
    async with db.transaction() as tx:
        claims = await staff.claims_of(tx, session.subject_id)
    return tokens.deliver(session, refresh_token, claims or {}, now=clock.now())


@router.post(
    "/sessions/refresh",
    summary="Stay signed in",
    responses=problems(SessionOver, CrossSiteRequest),
)
async def refresh(
    db: RequestDatabase,
    sealer: RequestSealer,
    tokens: RequestTokenDelivery,
    settings: RequestSettings,
    body: Refresh | None = None,
) -> TokenPair | SignedIn:
    """Change a refresh token for a new pair; the old one is void, and using it again is theft."""
    body = body or Refresh()
    secret = body.refresh_token or tokens.refresh_token()
    if secret is None:
        raise SessionOver
    session, refresh_token = await commands.refresh(
        db, secret, body.client, settings=settings, now=clock.now()
    )
    async with db.transaction() as tx:
        if session.kind is SessionKind.CUSTOMER:
            claims = await customers.claims_of(tx, session.subject_id, sealer)
        else:
            claims = await staff.claims_of(tx, session.subject_id)
    if claims is None:
        raise SessionOver
    return tokens.deliver(session, refresh_token, claims, now=clock.now())


@router.get("/jwks", summary="The public keys that tokens are checked with (RFC 7517)")
async def jwks(settings: RequestSettings) -> dict[str, Any]:
    """Show the keys as they are mounted; several during a rotation."""
    keys: dict[str, Any] = json.loads((settings.keys_dir / "jwks" / f"{ISSUER}.json").read_text())
    return keys


@router.get("/sessions/current", summary="Whether this browser is signed in")
async def read_current_session(request: Request, caller: KnownCaller) -> CurrentSession:
    """Tell a page who is signed in; nobody is no error, so that a first visit has none."""
    return current_session(request, caller)


@router.delete(
    "/sessions/current",
    status_code=204,
    summary="Log out",
    responses=problems(NotSignedIn, WrongRole),
)
async def log_out(caller: Person, tx: Transaction, tokens: RequestTokenDelivery) -> None:
    """End the session of this token; it opens nothing any more, anywhere.

    A sales channel has none: its tokens end with its secret.
    """
    if caller.session_id is None:
        raise NotSignedIn
    await commands.end(tx, caller.session_id, now=clock.now())
    tokens.forget()
