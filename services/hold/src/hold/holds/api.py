"""HTTP: a customer's holds, to look at and to give back."""

from uuid import UUID

from fastapi import APIRouter, Response

from hold.holds import commands
from hold.holds.queries import Slip, hold_of, hold_to_change, page_of_holds
from hold.holds.states import HoldIsPaid, NoSuchHold, Owner
from kit import clock
from kit.auth import Customer
from kit.db import Transaction
from kit.http import problems
from kit.paging import After, Limit, Page, UnknownCursor, UnknownFilter

router = APIRouter(prefix="/v1/holds", tags=["holds"])


@router.get("", summary="My holds, newest first", responses=problems(UnknownCursor, UnknownFilter))
async def list_holds(
    customer: Customer, tx: Transaction, limit: Limit = 20, after: After = None
) -> Page[Slip]:
    """Show the customer's holds (SB.2.4)."""
    return await page_of_holds(tx, Owner("APP", customer.subject_id), after=after, limit=limit)


@router.get("/{hold_id}", summary="One hold slip", responses=problems(NoSuchHold))
async def read_hold(hold_id: UUID, customer: Customer, tx: Transaction) -> Slip:
    """Show the hold slip (F3.13, F3.14)."""
    return await hold_of(tx, Owner("APP", customer.subject_id), hold_id)


@router.delete(
    "/{hold_id}",
    status_code=204,
    summary="Give a number back",
    responses=problems(NoSuchHold, HoldIsPaid),
)
async def give_up_hold(hold_id: UUID, customer: Customer, tx: Transaction) -> Response:
    """Release a hold that is not paid; a paid one is given up by cancelling its order (F4.3)."""
    hold = await hold_to_change(tx, Owner("APP", customer.subject_id), hold_id)
    await commands.give_up(tx, hold, "CUSTOMER", now=clock.now())
    return Response(status_code=204)
