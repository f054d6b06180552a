"""HTTP: a customer presses "Giữ số", and asks for more time for the form."""

from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from events import SimKind
from hold.holds.queries import Slip, hold_of
from hold.holds.states import AlreadyExtended, HoldClosed, NoSuchHold, NumberTaken, Owner
from hold.locks import commands
from hold.locks.domain import HeldOtherwise, LockedTooOften, NumberResting, TooManyHolds
from hold.offers.domain import NumberNotOnSale
from hold.offers.gateways import RequestOffers
from hold.settings import RequestSettings
from kit import clock
from kit.auth import Customer
from kit.db import Transaction
from kit.http import problems
from kit.idempotency import (
    IdempotencyKey,
    IdempotentRequest,
    KeyOfAnotherRequest,
    find_result,
    save_result,
)
from kit.tokens import BadSlip

router = APIRouter(prefix="/v1/holds", tags=["holds"])


class PlaceHold(BaseModel):
    """The offer the customer saw, and the kind of SIM the number should live on."""

    offer: str = Field(max_length=4000, description="From a search of the catalog")
    sim: SimKind


@router.post(
    "",
    status_code=201,
    summary="Hold a number",
    responses=problems(
        BadSlip,
        NumberTaken,
        NumberNotOnSale,
        NumberResting,
        HeldOtherwise,
        KeyOfAnotherRequest,
        TooManyHolds,
        LockedTooOften,
    ),
)
async def place_hold(
    body: PlaceHold,
    customer: Customer,
    tx: Transaction,
    settings: RequestSettings,
    offers: RequestOffers,
    key: IdempotencyKey = None,
) -> Slip:
    """Press "Giữ số" (F3.1): the number is locked while the form is filled in (F3.2)."""
    now, content = clock.now(), body.model_dump(mode="json")
    request = IdempotentRequest(
        caller=customer.subject_id, route="POST /v1/holds", key=key, content=content
    )
    if again := await find_result(tx, request, now=now):
        return await hold_of(tx, Owner("APP", customer.subject_id), again)
    hold = await commands.place_hold(
        tx,
        offers.read(body.offer),
        body.sim,
        customer.subject_id,
        quota=settings.quota,
        retries=settings.retries,
        length=settings.lock,
        now=now,
    )
    await save_result(tx, request, hold.id, now=now)
    return Slip.model_validate(hold)


@router.post(
    "/{hold_id}/extend",
    summary="More time for the form",
    responses=problems(NoSuchHold, HoldClosed, AlreadyExtended),
)
async def extend_lock(
    hold_id: UUID, customer: Customer, tx: Transaction, settings: RequestSettings
) -> Slip:
    """Give five more minutes for the form, once (F3.3)."""
    hold = await commands.extend_lock(
        tx,
        hold_id,
        customer.subject_id,
        by=timedelta(minutes=settings.lock_extension_minutes),
        now=clock.now(),
    )
    return Slip.model_validate(hold)
