"""HTTP: proving a phone."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

import identity.codes.commands as codes
from identity.challenges import commands
from identity.challenges.domain import ChallengePurpose, NoSuchChallenge
from identity.codes.domain import OtpExpired, OtpWrong, TooManyCodes, TooManyCodesFromHere
from identity.settings import RequestSettings
from kit import clock
from kit.auth import KnownCaller
from kit.client_address import ClientAddress
from kit.db import RequestDatabase, Transaction
from kit.dependencies import RequestSealer, RequestSigner
from kit.http import problems
from values.digits import Otp
from values.phones import Phone

router = APIRouter(prefix="/v1/phone-challenges", tags=["phone challenges"])


class StartChallenge(BaseModel):
    """A phone, and what its proof is for."""

    phone: Phone
    purpose: ChallengePurpose


class ChallengeStarted(BaseModel):
    """A challenge that waits for its code."""

    challenge_id: UUID
    resend_after_seconds: int


class Answer(BaseModel):
    """The code from the SMS."""

    code: Otp


class Proven(BaseModel):
    """A signed proof, to be shown to the service that asks for it."""

    phone_proof: str


@router.post(
    "",
    status_code=202,
    summary="Send a phone a code",
    responses=problems(TooManyCodes, TooManyCodesFromHere),
)
async def start(
    body: StartChallenge,
    who: KnownCaller,
    address: ClientAddress,
    tx: Transaction,
    sealer: RequestSealer,
    settings: RequestSettings,
) -> ChallengeStarted:
    """Challenge a phone for claiming, signing or looking up (P3.3, F5a.9, G11).

    The owner of the phone, signed in, is not kept waiting by what strangers asked for.
    """
    is_owner = who is not None and who.phone == body.phone
    origin = codes.owners(body.phone, sealer) if is_owner else codes.somebody_at(address, sealer)
    challenge_id, rest = await commands.challenge(
        tx,
        body.phone,
        body.purpose,
        origin=origin,
        sealer=sealer,
        rules=settings,
        now=clock.now(),
    )
    return ChallengeStarted(challenge_id=challenge_id, resend_after_seconds=rest)


@router.post(
    "/{challenge_id}/verify",
    summary="Enter the code and get the proof",
    responses=problems(NoSuchChallenge, OtpWrong, OtpExpired),
)
async def verify(
    challenge_id: UUID,
    body: Answer,
    address: ClientAddress,
    db: RequestDatabase,
    sealer: RequestSealer,
    signer: RequestSigner,
    settings: RequestSettings,
) -> Proven:
    """Vouch for the phone if the code is right."""
    async with db.transaction() as tx:
        proof = await commands.verify(
            tx,
            challenge_id,
            body.code,
            origin=codes.somebody_at(address, sealer),
            sealer=sealer,
            signer=signer,
            rules=settings,
            now=clock.now(),
        )
    # After the commit, so that the try counts.
    if isinstance(proof, OtpWrong | OtpExpired):
        raise proof
    return Proven(phone_proof=proof)
