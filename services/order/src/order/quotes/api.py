"""HTTP: a customer sees what an order will cost, before agreeing to it."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from kit.auth import Customer
from kit.db import RequestDatabase
from kit.http import problems
from kit.replication_lag import HoldNotReplicated
from order.journeys.domain import NoSuchHold
from order.journeys.queries import journey_of, wait_for_hold
from order.quotes.domain import Pay, TooMuchOnReceipt
from order.quotes.queries import QuoteView, quote_for
from order.settings import RequestSettings

router = APIRouter(prefix="/v1", tags=["orders"])


@router.get(
    "/quotes/{hold_id}",
    summary="See what is due before agreeing",
    responses=problems(NoSuchHold, HoldNotReplicated, TooMuchOnReceipt),
)
async def quote(
    hold_id: UUID,
    customer: Customer,
    db: RequestDatabase,
    settings: RequestSettings,
    payment: Pay = "ONLINE",
    delivery: Annotated[Literal["HOME", "STORE"], Query(description="Physical SIM only")] = "HOME",
) -> QuoteView:
    """Show price, commitment and promotion in full, before payment (F3.11, SB.7)."""
    await wait_for_hold(db, hold_id, seconds=settings.hold_patience_seconds)
    async with db.transaction() as tx:
        journey = await journey_of(tx, hold_id, customer.subject_id)
        by_download = journey.sim == "ESIM"
        due = quote_for(journey, "ESIM" if by_download else delivery, payment, settings)
        due.check_on_receipt(settings.on_receipt_up_to_vnd)
        return QuoteView.model_validate(due)
