"""HTTP: registering, getting a forgotten password back, and who I am (flows 1 and 2)."""

# Longer than 250 lines because registering, resetting and changing share their forms.

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field, model_validator

from identity import passwords
from identity.accounts import queries
from identity.accounts.commands import Accounts
from identity.accounts.domain import (
    NoSuchRegistration,
    NoSuchReset,
    PasswordsDiffer,
    ResetOver,
)
from identity.accounts.queries import Me
from identity.codes.domain import (
    OtpExpired,
    OtpWrong,
    ResendTooSoon,
    TooManyCodes,
    TooManyCodesFromHere,
)
from identity.guesses.domain import TooManyLogins
from identity.passwords import ChangePassword, GivenPassword, Password
from identity.sessions.domain import WrongPassword
from identity.sessions.queries import TokenPair, token_pair
from identity.settings import RequestSettings
from kit import clock
from kit.auth import Customer, NotSignedIn
from kit.client_address import ClientAddress
from kit.db import RequestDatabase, Transaction
from kit.dependencies import RequestSealer, RequestSigner
from kit.http import problems
from values.digits import Otp
from values.emails import Email
from values.names import PersonName
from values.phones import Phone

router = APIRouter(prefix="/v1", tags=["accounts"])


async def _accounts(
    sealer: RequestSealer, settings: RequestSettings, address: ClientAddress
) -> Accounts:
    return Accounts(sealer, settings, address)


Desk = Annotated[Accounts, Depends(_accounts)]


class Register(BaseModel):
    """What somebody enters who wants an account (F1.5)."""

    phone: Phone
    password: Password
    full_name: PersonName | None = None


class CodeSent(BaseModel):
    """A registration that waits for its code."""

    registration_id: UUID
    resend_after_seconds: int


class EnterCode(BaseModel):
    """The code from the SMS (F1.9, F2.4)."""

    code: Otp


class ForgetPassword(BaseModel):
    """The phone an account was registered with (G12)."""

    phone: Phone


class ResetStarted(BaseModel):
    """A reset that waits for its code."""

    reset_id: UUID
    resend_after_seconds: int


class ResetProven(BaseModel):
    """Leave to choose a new password."""

    reset_token: str


class ChoosePassword(BaseModel):
    """The new password, typed twice (F2.8)."""

    reset_token: str = Field(max_length=256)
    password: Password
    password_again: GivenPassword


class UpdateMe(BaseModel):
    """What to change; what is left out stays."""

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
async def register(body: Register, db: RequestDatabase, desk: Desk) -> CodeSent:
    """Send a code to the phone being registered; the answer is the same for a known phone."""
    password_hash = await passwords.hashed(body.password)
    async with db.transaction() as tx:
        registration_id, rest = await desk.register(
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
    body: EnterCode,
    db: RequestDatabase,
    desk: Desk,
    sealer: RequestSealer,
    signer: RequestSigner,
    settings: RequestSettings,
) -> TokenPair:
    """Open the account if the code is right, and log in."""
    async with db.transaction() as tx:
        opened = await desk.activate(tx, registration_id, body.code, now=clock.now())
    # After the commit, so that the try counts.
    if isinstance(opened, OtpWrong | OtpExpired):
        raise opened
    session, refresh_token = opened
    async with db.transaction() as tx:
        claims = await queries.claims_of(tx, session.subject_id, sealer)
    return token_pair(
        session, refresh_token, claims or {}, signer=signer, rules=settings, now=clock.now()
    )


@router.post(
    "/registrations/{registration_id}/resend",
    status_code=202,
    summary="Send the code again (G13)",
    responses=problems(NoSuchRegistration, ResendTooSoon, TooManyCodes, TooManyCodesFromHere),
)
async def resend(registration_id: UUID, tx: Transaction, desk: Desk) -> CodeSent:
    """Send a new code; the one before is void."""
    rest = await desk.resend(tx, registration_id, now=clock.now())
    return CodeSent(registration_id=registration_id, resend_after_seconds=rest)


@router.post(
    "/password-resets",
    status_code=202,
    summary="Forgotten password (F2.2, F2.3)",
    responses=problems(TooManyCodes, TooManyCodesFromHere),
)
async def forget_password(body: ForgetPassword, tx: Transaction, desk: Desk) -> ResetStarted:
    """Send a code to the account's phone; the answer is the same for an unknown phone."""
    reset_id, rest = await desk.forget_password(tx, body.phone, now=clock.now())
    return ResetStarted(reset_id=reset_id, resend_after_seconds=rest)


@router.post(
    "/password-resets/{reset_id}/otp",
    summary="Enter the code of a reset (F2.4-F2.7)",
    responses=problems(NoSuchReset, OtpWrong, OtpExpired),
)
async def prove_reset(
    reset_id: UUID, body: EnterCode, db: RequestDatabase, desk: Desk
) -> ResetProven:
    """Give leave to choose a new password if the code is right."""
    async with db.transaction() as tx:
        proven = await desk.prove_reset(tx, reset_id, body.code, now=clock.now())
    if isinstance(proven, OtpWrong | OtpExpired):
        raise proven
    return ResetProven(reset_token=proven)


@router.post(
    "/password-resets/{reset_id}/password",
    status_code=204,
    summary="Choose the new password (F2.8-F2.11)",
    responses=problems(NoSuchReset, ResetOver, PasswordsDiffer),
)
async def choose_password(
    reset_id: UUID, body: ChoosePassword, db: RequestDatabase, desk: Desk
) -> None:
    """Set the new password; every session of the account ends."""
    if not passwords.are_same(body.password, body.password_again):
        raise PasswordsDiffer
    await desk.choose_password(db, reset_id, body.reset_token, body.password, now=clock.now())


@router.get("/me", summary="Who I am", responses=problems(NotSignedIn))
async def read_me(who: Customer, tx: Transaction, sealer: RequestSealer) -> Me:
    """Show the customer to themselves."""
    return await queries.me(tx, who.subject_id, sealer)


@router.patch("/me", summary="Change my name, e-mail or language", responses=problems(NotSignedIn))
async def update_me(
    body: UpdateMe, who: Customer, tx: Transaction, desk: Desk, sealer: RequestSealer
) -> Me:
    """Change what was sent and leave the rest."""
    await desk.update_profile(tx, who.subject_id, body.model_dump(exclude_unset=True))
    await tx.flush()
    return await queries.me(tx, who.subject_id, sealer)


@router.put(
    "/me/password",
    summary="Change my password",
    responses=problems(NotSignedIn, WrongPassword, TooManyLogins),
)
async def change_password(
    body: ChangePassword,
    who: Customer,
    db: RequestDatabase,
    desk: Desk,
    sealer: RequestSealer,
    signer: RequestSigner,
    settings: RequestSettings,
) -> TokenPair:
    """Change the password; every other session ends, and this one goes on with a new pair."""
    session, refresh_token = await desk.change_password(
        db, who.subject_id, body.current, body.password, now=clock.now()
    )
    async with db.transaction() as tx:
        claims = await queries.claims_of(tx, session.subject_id, sealer)
    return token_pair(
        session, refresh_token, claims or {}, signer=signer, rules=settings, now=clock.now()
    )
