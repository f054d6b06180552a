"""HTTP: finding a slip by code and phone, and claiming it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from fastapi import APIRouter
from pydantic import BaseModel, Field

from hold.claims import commands
from hold.claims.domain import NoSuchSlip, TooManyAttempts
from hold.claims.gateways import RequestPhoneProofs
from hold.holds.queries import Slip
from hold.holds.states import HoldClosed
from hold.settings import RequestSettings, Settings
from kit import clock
from kit.auth import Customer
from kit.db import Database, RequestDatabase, Tx
from kit.dependencies import RequestSealer
from kit.http import problems
from kit.tokens import BadSlip

router = APIRouter(prefix="/v1/holds", tags=["claims"])


class CodeAndPhone(BaseModel):
    """The hold code from the parcel, and identity's proof of the phone the channel was given."""

    hold_code: str = Field(max_length=40, examples=["GS 261102 7KM 3QX"])
    phone_proof: str = Field(max_length=4000, description="From identity, after the OTP")


@router.post(
    "/claims",
    summary="Take a channel's slip into my account",
    responses=problems(BadSlip, NoSuchSlip, HoldClosed, TooManyAttempts),
)
async def claim_slip(
    body: CodeAndPhone,
    customer: Customer,
    db: RequestDatabase,
    settings: RequestSettings,
    phone_proofs: RequestPhoneProofs,
    sealer: RequestSealer,
) -> Slip:
    """Compare code and phone; if they are right the slip is the customer's (P3.3, G06)."""
    phone = phone_proofs.phone_index(body.phone_proof, "CLAIM")
    async with _one_attempt(
        db, [phone, sealer.blind_index(str(customer.subject_id))], settings
    ) as tx:
        hold = await commands.claim_slip(
            tx, body.hold_code, phone, customer.subject_id, now=clock.now()
        )
        return Slip.model_validate(hold)


@router.post(
    "/lookup",
    summary="Look a slip up",
    responses=problems(BadSlip, NoSuchSlip, TooManyAttempts),
)
async def look_up_slip(
    body: CodeAndPhone,
    db: RequestDatabase,
    settings: RequestSettings,
    phone_proofs: RequestPhoneProofs,
) -> Slip:
    """Show the slip of a hold code to the phone that it belongs to (G11)."""
    phone = phone_proofs.phone_index(body.phone_proof, "LOOKUP")
    async with _one_attempt(db, [phone], settings) as tx:
        return Slip.model_validate(await commands.find_slip(tx, body.hold_code, phone))


@asynccontextmanager
async def _one_attempt(
    db: Database, fingerprints: Sequence[str], settings: Settings
) -> AsyncGenerator[Tx]:
    # In a transaction of its own: a refusal must not undo the count.
    async with db.transaction() as tx:
        await commands.count_attempt(
            tx,
            fingerprints,
            limit=settings.attempts,
            window=settings.attempts_window,
            now=clock.now(),
        )
    async with db.transaction() as tx:
        yield tx
        await commands.forgive_attempts(tx, fingerprints)
