"""HTTP: proving a phone."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from identity.challenges import commands
from identity.challenges.domain import ChallengePurpose, NoSuchChallenge
from identity.codes import commands as codes
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
    """A phone, and the purpose of its proof."""

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
    caller: KnownCaller,
    address: ClientAddress,
    tx: Transaction,
    sealer: RequestSealer,
    settings: RequestSettings,
) -> ChallengeStarted:
    """Challenge a phone for claiming, signing or looking up (P3.3, F5a.9, G11).

    The owner of the phone, signed in, is not kept waiting by codes that strangers asked for.
    """
    is_owner = caller is not None and caller.phone == body.phone
    origin = codes.owner_of(body.phone, sealer) if is_owner else codes.anyone_at(address, sealer)
    challenge_id, rest = await commands.challenge(
        tx,
        body.phone,
        body.purpose,
        origin=origin,
        sealer=sealer,
        settings=settings,
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
            origin=codes.anyone_at(address, sealer),
            sealer=sealer,
            signer=signer,
            settings=settings,
            now=clock.now(),
        )
    # After the commit, so that the try counts.
    if isinstance(proof, OtpWrong | OtpExpired):
        raise proof
    return Proven(phone_proof=proof)
