"""Challenging a phone, and vouching for it once its code came back."""

from datetime import datetime, timedelta
from uuid import UUID

from identity.challenges.domain import AUDIENCE, Challenge, ChallengePurpose, NoSuchChallenge
from identity.codes import commands as codes
from identity.codes.domain import Origin, OtpExpired, OtpWrong, Purpose
from identity.settings import Settings
from identity.tables import challenges
from kit.db import Tx
from kit.sealing import Sealer
from kit.tokens import Signer


async def challenge(
    tx: Tx,
    phone: str,
    purpose: ChallengePurpose,
    *,
    origin: Origin,
    sealer: Sealer,
    settings: Settings,
    now: datetime,
) -> tuple[UUID, int]:
    """Send a phone a code; return when another may be asked for."""
    asked = Challenge(
        phone_index=sealer.blind_index(phone), sealed=b"", purpose=purpose, created_at=now
    )
    asked.sealed = sealer.seal(phone.encode(), about=str(asked.id))
    tx.add(asked)
    rest = await codes.issue(
        tx, phone, Purpose(purpose), origin=origin, sealer=sealer, settings=settings, now=now
    )
    return asked.id, rest


async def verify(
    tx: Tx,
    challenge_id: UUID,
    digits: str,
    *,
    origin: Origin,
    sealer: Sealer,
    signer: Signer,
    settings: Settings,
    now: datetime,
) -> str | OtpWrong | OtpExpired:
    """Sign a proof that the phone's owner is there, if the code is right."""
    asked = await tx.get(Challenge, challenge_id)
    if asked is None:
        raise NoSuchChallenge
    wrong = await codes.check(
        tx,
        asked.phone_index,
        Purpose(asked.purpose),
        digits,
        origin=origin,
        sealer=sealer,
        settings=settings,
        now=now,
    )
    if wrong:
        return wrong
    claims = {
        "phone": sealer.open(asked.sealed, about=str(asked.id)).decode(),
        "purpose": asked.purpose,
        "challenge_id": str(asked.id),
    }
    return signer.sign(AUDIENCE, claims, ttl=timedelta(seconds=settings.proof_seconds))


async def forget(tx: Tx, *, now: datetime) -> int:
    """Drop challenges that can no longer be answered."""
    old = challenges.delete().where(challenges.c.created_at < now - timedelta(days=1))
    return len((await tx.scalars(old.returning(challenges.c.id))).all())
