"""HTTP: getting a forgotten password back (flow 2)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from identity.codes.domain import (
    EnterCode,
    OtpExpired,
    OtpWrong,
    TooManyCodes,
    TooManyCodesFromHere,
)
from identity.passwords import domain as passwords
from identity.passwords.domain import GivenPassword, Password
from identity.resets.commands import Resets
from identity.resets.domain import NoSuchReset, PasswordsDiffer, ResetOver
from identity.settings import RequestSettings
from kit import clock
from kit.client_address import ClientAddress
from kit.db import RequestDatabase, Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from values.phones import Phone

router = APIRouter(prefix="/v1", tags=["accounts"])


async def _resets(
    sealer: RequestSealer, settings: RequestSettings, address: ClientAddress
) -> Resets:
    return Resets(sealer, settings, address)


RequestResets = Annotated[Resets, Depends(_resets)]


class ForgetPassword(BaseModel):
    """The phone of an account (G12)."""

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


@router.post(
    "/password-resets",
    status_code=202,
    summary="Forgotten password (F2.2, F2.3)",
    responses=problems(TooManyCodes, TooManyCodesFromHere),
)
async def forget_password(
    body: ForgetPassword, tx: Transaction, resets: RequestResets
) -> ResetStarted:
    """Send a code to the account's phone; the answer is the same for an unknown phone."""
    reset_id, rest = await resets.forget_password(tx, body.phone, now=clock.now())
    return ResetStarted(reset_id=reset_id, resend_after_seconds=rest)


@router.post(
    "/password-resets/{reset_id}/otp",
    summary="Enter the code of a reset (F2.4-F2.7)",
    responses=problems(NoSuchReset, OtpWrong, OtpExpired),
)
async def prove_reset(
    reset_id: UUID, body: EnterCode, db: RequestDatabase, resets: RequestResets
) -> ResetProven:
    """Give leave to choose a new password if the code is right."""
    async with db.transaction() as tx:
        proven = await resets.prove_reset(tx, reset_id, body.code, now=clock.now())
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
    reset_id: UUID, body: ChoosePassword, db: RequestDatabase, resets: RequestResets
) -> None:
    """Set the new password; every session of the account ends."""
    if not passwords.are_same(body.password, body.password_again):
        raise PasswordsDiffer
    await resets.choose_password(db, reset_id, body.reset_token, body.password, now=clock.now())
