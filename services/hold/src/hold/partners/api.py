"""HTTP: the partner API of sales channels that are paid first and hold then (SB.4, P3.1, P3.2)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, computed_field

from events import SimKind
from hold.channels.domain import (
    ChannelDoesNotDeliver,
    PartnerMayNotHold,
    PartnerNotKnownYet,
)
from hold.holds.queries import Slip, hold_of, page_of_holds
from hold.holds.states import HoldClosed, HoldIsPaid, NoSuchHold, NumberTaken
from hold.locks.domain import LockedTooOften, NumberResting
from hold.offers.domain import NumberNotOnSale
from hold.offers.gateways import RequestOffers
from hold.partners import commands
from hold.partners.domain import (
    CollectedBeforeTheLock,
    CollectedInTheFuture,
    NotEnoughCollected,
    ReferenceUsed,
    Sale,
    TooManyLocks,
)
from hold.partners.gateways import RequestChannel
from hold.settings import RequestSettings
from kit import clock
from kit.db import Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from kit.idempotency import KeyOfAnotherRequest
from kit.money import Dong
from kit.paging import After, Limit, Page, UnknownCursor, UnknownFilter
from kit.tokens import BadSlip
from values.moments import Moment
from values.phones import Phone

router = APIRouter(prefix="/v1/partner", tags=["partner"])


class LockNumber(BaseModel):
    """The number a channel's customer chose."""

    offer: str = Field(max_length=4000, description="From a search of the catalog")
    sim: SimKind
    reference: str | None = Field(
        default=None,
        min_length=1,
        max_length=64,
        description="Your own name for this request: with it, a repeat returns the same lock",
    )


class Lock(Slip):
    """A locked number: take the money now, then hold it."""

    @computed_field(description="How long you have to take the money")  # type: ignore[prop-decorator]
    @property
    def locked_until(self) -> datetime:
        """Return the end of the lock."""
        return self.expires_at


@router.post(
    "/locks",
    status_code=201,
    summary="Lock a number before you take the money",
    responses=problems(
        BadSlip,
        NumberTaken,
        NumberNotOnSale,
        NumberResting,
        KeyOfAnotherRequest,
        TooManyLocks,
        LockedTooOften,
        ChannelDoesNotDeliver,
        PartnerMayNotHold,
        PartnerNotKnownYet,
    ),
)
async def lock_number(
    body: LockNumber,
    channel: RequestChannel,
    tx: Transaction,
    settings: RequestSettings,
    offers: RequestOffers,
) -> Lock:
    """Lock a number, so that no two customers can pay for it (P2.2, G05)."""
    hold = await commands.lock_number(
        tx,
        channel,
        offers.read(body.offer),
        body.sim,
        reference=body.reference,
        may=settings.channel_locks,
        now=clock.now(),
    )
    return Lock.model_validate(hold)


class HoldNumber(BaseModel):
    """A locked number that was paid for."""

    hold_id: UUID
    customer_phone: Annotated[Phone, Field(description="Proves the customer's claim later")]
    collected_vnd: Dong
    collected_at: Moment
    partner_reference: str = Field(min_length=1, max_length=64)
    referrer: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_\-]{2,32}$")

    def sale(self) -> Sale:
        """Hand it to the rules."""
        return Sale(
            self.customer_phone,
            self.collected_vnd,
            self.collected_at,
            self.partner_reference,
            self.referrer.upper() if self.referrer else None,
        )


@router.post(
    "/holds",
    status_code=201,
    summary="Hold a number you were paid for",
    responses=problems(
        NoSuchHold,
        HoldClosed,
        ReferenceUsed,
        KeyOfAnotherRequest,
        NotEnoughCollected,
        CollectedInTheFuture,
        CollectedBeforeTheLock,
        ChannelDoesNotDeliver,
        PartnerMayNotHold,
        PartnerNotKnownYet,
    ),
)
async def sell(
    body: HoldNumber,
    channel: RequestChannel,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> Slip:
    """Issue the hold code for the channel's customer (P2.2, P3.2); safe to repeat."""
    hold = await commands.sell(
        tx,
        channel,
        body.hold_id,
        body.sale(),
        sealer=sealer,
        terms=settings.terms,
        now=clock.now(),
    )
    return Slip.model_validate(hold)


@router.get(
    "/holds", summary="Your holds, newest first", responses=problems(UnknownCursor, UnknownFilter)
)
async def list_holds(
    channel: RequestChannel, tx: Transaction, limit: Limit = 20, after: After = None
) -> Page[Slip]:
    """Show a channel its own holds."""
    return await page_of_holds(tx, channel, after=after, limit=limit)


@router.get("/holds/{hold_id}", summary="One of your holds", responses=problems(NoSuchHold))
async def read_hold(hold_id: UUID, channel: RequestChannel, tx: Transaction) -> Slip:
    """Show a channel one of its own holds."""
    return await hold_of(tx, channel, hold_id)


@router.delete(
    "/holds/{hold_id}",
    status_code=204,
    summary="Give a lock or an unconfirmed hold back",
    responses=problems(NoSuchHold, HoldIsPaid),
)
async def give_up(hold_id: UUID, channel: RequestChannel, tx: Transaction) -> Response:
    """Release a number whose customer did not pay after all."""
    await commands.give_up(tx, channel, hold_id, now=clock.now())
    return Response(status_code=204)
