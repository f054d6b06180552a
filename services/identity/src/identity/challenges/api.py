"""HTTP: proving a phone."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from identity.challenges import commands
from identity.challenges.domain import ChallengePurpose, NoSuchChallenge
from identity.codes.domain import OtpExpired, OtpWrong, TooManyCodes
from identity.parts import Config, Seals, Signs
from identity.phones import Phone
from kit import clock
from kit.db import RequestDatabase, Transaction
from kit.http import problems

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

    code: str = Field(pattern=r"^\d{6}$", examples=["123456"])


class Proven(BaseModel):
    """A signed proof, to be shown to the service that asks for it."""

    phone_proof: str


@router.post("", status_code=202, summary="Send a phone a code", responses=problems(TooManyCodes))
async def start(
    body: StartChallenge, tx: Transaction, sealer: Seals, config: Config
) -> ChallengeStarted:
    """Challenge a phone for claiming, signing or looking up (P3.3, F5a.9, G11)."""
    challenge_id, rest = await commands.challenge(
        tx, body.phone, body.purpose, sealer=sealer, rules=config, now=clock.now()
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
    db: RequestDatabase,
    sealer: Seals,
    signer: Signs,
    config: Config,
) -> Proven:
    """Vouch for the phone if the code is right."""
    async with db.transaction() as tx:
        proof = await commands.verify(
            tx, challenge_id, body.code, sealer=sealer, signer=signer, rules=config, now=clock.now()
        )
    # After the commit, so that the try counts.
    if isinstance(proof, OtpWrong | OtpExpired):
        raise proof
    return Proven(phone_proof=proof)
