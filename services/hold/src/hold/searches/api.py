"""HTTP: staff find holds by a customer's phone, and look several up by id."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from hold.searches import queries
from hold.searches.queries import HoldItems
from kit.auth import Staff, WrongRole
from kit.db import Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from values.phones import Phone

router = APIRouter(prefix="/v1/staff/holds", tags=["staff"])


class PhoneSearch(BaseModel):
    """The contact phone a customer gave; in a body, because addresses are logged."""

    phone: Phone


@router.get("", summary="Holds by their ids", responses=problems(WrongRole))
async def read_several(
    hold_id: Annotated[list[UUID], Query(min_length=1, max_length=100)],
    caller: Staff,
    tx: Transaction,
) -> HoldItems:
    """Show code and number of several holds, as far as the caller's regions go."""
    return await queries.holds_named(tx, caller, hold_id)


@router.post("/search", summary="Holds of a phone", responses=problems(WrongRole))
async def search(
    body: PhoneSearch, caller: Staff, tx: Transaction, sealer: RequestSealer
) -> HoldItems:
    """Find the holds of a contact phone by its fingerprint: the phone itself lies sealed."""
    return await queries.holds_of_phone(tx, caller, sealer.blind_index(body.phone))
