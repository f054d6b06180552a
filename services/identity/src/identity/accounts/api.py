"""HTTP: registering, and the customer's own account (flow 1)."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, model_validator

from identity.accounts import queries
from identity.accounts.commands import Accounts
from identity.accounts.domain import NoSuchRegistration
from identity.accounts.queries import Me
from identity.codes.domain import (
    EnterCode,
    OtpExpired,
    OtpWrong,
    ResendTooSoon,
    TooManyCodes,
    TooManyCodesFromHere,
)
from identity.passwords import domain as passwords
from identity.passwords.domain import ChangePassword, Password, TooManyLogins
from identity.sessions.domain import WrongPassword
from identity.sessions.queries import RequestTokenDelivery, SignedIn, TokenPair
from identity.settings import RequestSettings
from kit import clock
from kit.auth import Customer, NotSignedIn
from kit.client_address import ClientAddress
from kit.db import RequestDatabase, Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from values.clients import ClientKind
from values.emails import Email
from values.names import PersonName
from values.phones import Phone

router = APIRouter(prefix="/v1", tags=["accounts"])


async def _accounts(
    sealer: RequestSealer, settings: RequestSettings, address: ClientAddress
) -> Accounts:
    return Accounts(sealer, settings, address)


RequestAccounts = Annotated[Accounts, Depends(_accounts)]


class Register(BaseModel):
    """The form of a person who wants an account (F1.5)."""

    phone: Phone
    password: Password
    full_name: PersonName | None = None


class CodeSent(BaseModel):
    """A registration that waits for its code."""

    registration_id: UUID
    resend_after_seconds: int


class Activate(EnterCode):
    """The code of a registration, and the program that is then signed in (F1.9, F1.12)."""

    client: ClientKind | None = None


class UpdateMe(BaseModel):
    """The changes of a profile; fields that are left out stay."""

    full_name: PersonName | None = None
    email: Email | None = None
    locale: Literal["vi", "en"] | None = None

    @model_validator(mode="after")
    def _something(self) -> "UpdateMe":
        if not self.model_fields_set:
            raise ValueError("says nothing to change")
        return self


@router.post(
    "/registrations",
    status_code=202,
    summary="Register (F1.5-F1.8)",
    responses=problems(TooManyCodes, TooManyCodesFromHere),
)
async def register(body: Register, db: RequestDatabase, accounts: RequestAccounts) -> CodeSent:
    """Send a code to the phone being registered; the answer is the same for a known phone."""
    password_hash = await passwords.hashed(body.password)
    async with db.transaction() as tx:
        registration_id, rest = await accounts.register(
            tx, body.phone, password_hash, body.full_name, now=clock.now()
        )
    return CodeSent(registration_id=registration_id, resend_after_seconds=rest)


@router.post(
    "/registrations/{registration_id}/otp",
    status_code=201,
    summary="Activate the account (F1.9-F1.12)",
    responses=problems(NoSuchRegistration, OtpWrong, OtpExpired),
)
async def activate(
    registration_id: UUID,
    body: Activate,
    db: RequestDatabase,
    accounts: RequestAccounts,
    sealer: RequestSealer,
    tokens: RequestTokenDelivery,
) -> TokenPair | SignedIn:
    """Open the account if the code is right, and log in."""
    async with db.transaction() as tx:
        client = tokens.client(body.client)
        opened = await accounts.activate(tx, registration_id, body.code, client, now=clock.now())
    # After the commit, so that the try counts.
    if isinstance(opened, OtpWrong | OtpExpired):
        raise opened
    session, refresh_token = opened
    async with db.transaction() as tx:
        claims = await queries.claims_of(tx, session.subject_id, sealer)
    return tokens.deliver(session, refresh_token, claims or {}, now=clock.now())


@router.post(
    "/registrations/{registration_id}/resend",
    status_code=202,
    summary="Send the code again (G13)",
    responses=problems(NoSuchRegistration, ResendTooSoon, TooManyCodes, TooManyCodesFromHere),
)
async def resend(registration_id: UUID, tx: Transaction, accounts: RequestAccounts) -> CodeSent:
    """Send a new code; the one before is void."""
    rest = await accounts.resend(tx, registration_id, now=clock.now())
    return CodeSent(registration_id=registration_id, resend_after_seconds=rest)


@router.get("/me", summary="Who I am", responses=problems(NotSignedIn))
async def read_me(caller: Customer, tx: Transaction, sealer: RequestSealer) -> Me:
    """Show the customer to themselves."""
    return await queries.me(tx, caller.subject_id, sealer)


@router.patch("/me", summary="Change my name, e-mail or language", responses=problems(NotSignedIn))
async def update_me(
    body: UpdateMe,
    caller: Customer,
    tx: Transaction,
    accounts: RequestAccounts,
    sealer: RequestSealer,
) -> Me:
    """Change what was sent and leave the rest."""
    await accounts.update_profile(tx, caller.subject_id, body.model_dump(exclude_unset=True))
    await tx.flush()
    return await queries.me(tx, caller.subject_id, sealer)


@router.put(
    "/me/password",
    summary="Change my password",
    responses=problems(NotSignedIn, WrongPassword, TooManyLogins),
)
async def change_password(
    body: ChangePassword,
    caller: Customer,
    db: RequestDatabase,
    accounts: RequestAccounts,
    sealer: RequestSealer,
    tokens: RequestTokenDelivery,
) -> TokenPair | SignedIn:
    """Change the password; every other session ends, and this one goes on with a new pair."""
    session, refresh_token = await accounts.change_password(
        db, caller.subject_id, body.current, body.password, caller.client, now=clock.now()
    )
    async with db.transaction() as tx:
        claims = await queries.claims_of(tx, session.subject_id, sealer)
    return tokens.deliver(session, refresh_token, claims or {}, now=clock.now())
