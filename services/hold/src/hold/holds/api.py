"""HTTP: what customers ask of the hold service about their holds."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from events import SimKind
from hold.holds import commands, queries
from hold.holds.domain import AlreadyExtended, HoldClosed, HoldIsPaid, NoSuchHold
from hold.holds.queries import Slip
from hold.locks.domain import HeldOtherwise, LockedTooOften, NumberResting, TooManyHolds
from hold.offers.domain import NumberNotOnSale, NumberTaken
from hold.offers.gateways import TheDesk
from hold.settings import RequestSettings
from kit import clock
from kit.auth import Customer
from kit.db import Transaction
from kit.http import problems
from kit.idempotency import IdempotencyKey, KeyOfAnotherRequest, Named, made_by, remember
from kit.paging import After, Limit, Page, UnknownCursor, UnknownFilter
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
    who: Customer,
    tx: Transaction,
    settings: RequestSettings,
    desk: TheDesk,
    key: IdempotencyKey = None,
) -> Slip:
    """Press "Giữ số" (F3.1): the number is locked while the form is filled in (F3.2)."""
    now, said = clock.now(), body.model_dump(mode="json")
    request = Named(caller=who.subject_id, route="POST /v1/holds", key=key, said=said)
    if again := await made_by(tx, request, now=now):
        return await queries.hold_of(tx, again, customer_id=who.subject_id)
    hold = await commands.place_hold(
        tx,
        desk.open_offer(body.offer),
        body.sim,
        who.subject_id,
        quota=settings.quota,
        retries=settings.retries,
        lock=settings.lock,
        now=now,
    )
    await remember(tx, request, hold.id, now=now)
    return Slip.model_validate(hold)


@router.get("", summary="My holds, newest first", responses=problems(UnknownCursor, UnknownFilter))
async def list_holds(
    who: Customer, tx: Transaction, limit: Limit = 20, after: After = None
) -> Page[Slip]:
    """Show the customer's holds (SB.2.4)."""
    items, following = await queries.holds_of(
        tx, customer_id=who.subject_id, after=after, limit=limit
    )
    return Page(items=items, next=following)


@router.get("/{hold_id}", summary="One hold slip", responses=problems(NoSuchHold))
async def read_hold(hold_id: UUID, who: Customer, tx: Transaction) -> Slip:
    """Show the hold slip (F3.13, F3.14)."""
    return await queries.hold_of(tx, hold_id, customer_id=who.subject_id)


@router.post(
    "/{hold_id}/extend",
    summary="More time for the form",
    responses=problems(NoSuchHold, HoldClosed, AlreadyExtended),
)
async def extend_lock(
    hold_id: UUID, who: Customer, tx: Transaction, settings: RequestSettings
) -> Slip:
    """Give five more minutes for the form, once (F3.3)."""
    hold = await commands.extend_lock(
        tx, hold_id, who.subject_id, by=settings.lock_extension, now=clock.now()
    )
    return Slip.model_validate(hold)


@router.delete(
    "/{hold_id}",
    status_code=204,
    summary="Give a number back",
    responses=problems(NoSuchHold, HoldIsPaid),
)
async def give_up_hold(hold_id: UUID, who: Customer, tx: Transaction) -> Response:
    """Release a hold that is not paid; a paid one is given up by cancelling its order (F4.3)."""
    hold = await commands.own_hold(tx, hold_id, customer_id=who.subject_id)
    await commands.give_up(tx, hold, "CUSTOMER", now=clock.now())
    return Response(status_code=204)
