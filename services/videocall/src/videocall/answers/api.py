"""HTTP: the customer's app shows challenges, and sends photos (P5.1)."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from kit import clock
from kit.activation_channels import ActivatingCustomer, ActivationChannel
from kit.db import Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from kit.images import NotAPicture
from videocall.answers import commands
from videocall.calls.states import CallMoved, NoSuchCall
from videocall.challenges.domain import NoSuchChallenge
from videocall.photos.commands import TakeBody
from videocall.photos.domain import Flaw, RequestOver, Source

router = APIRouter(prefix="/v1/calls", tags=["answers"])


class Kept(BaseModel):
    """A photo as it was kept; with a flaw, the app takes another."""

    sha256: str
    flaw: Flaw | None


@router.post(
    "/{call_id}/challenges/{challenge_id}/shown",
    status_code=204,
    responses=problems(ActivationChannel, NoSuchCall, CallMoved, NoSuchChallenge),
)
async def show(
    call_id: UUID, challenge_id: UUID, customer: ActivatingCustomer, tx: Transaction
) -> None:
    """Say that the customer's screen shows a challenge."""
    await commands.show(tx, call_id, challenge_id, customer_id=customer.subject_id, now=clock.now())


@router.post(
    "/{call_id}/photos/{request_id}",
    status_code=201,
    responses=problems(ActivationChannel, NoSuchCall, CallMoved, RequestOver, NotAPicture),
)
async def keep_photo(
    call_id: UUID,
    request_id: UUID,
    take: TakeBody,
    customer: ActivatingCustomer,
    tx: Transaction,
    sealer: RequestSealer,
    source: Literal[Source.CAMERA, Source.TRACK] = Source.CAMERA,
) -> Kept:
    """Send what the customer's camera took; a take with a flaw is kept, and another may follow."""
    await commands.keep_photo(
        tx,
        call_id,
        request_id,
        take,
        source,
        customer_id=customer.subject_id,
        sealer=sealer,
        now=clock.now(),
    )
    return Kept(sha256=take.picture.kept_sha256, flaw=take.quality.flaw)
