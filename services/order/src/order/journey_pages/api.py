"""HTTP: staff find journeys and read one, with its whole story."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from kit import clock
from kit.auth import Staff, WrongRole
from kit.db import Transaction
from kit.http import problems
from order.journey_pages import queries
from order.journey_pages.domain import read_terms
from order.journey_pages.queries import FoundJourneys, JourneyPage
from order.journeys.domain import NoSuchHold

router = APIRouter(prefix="/v1/staff/journeys", tags=["journeys"])


class Search(BaseModel):
    """The typed text: a hold code, a number or its last four digits, or the id of hold or order."""

    text: str = Field(min_length=1, max_length=100)


@router.post("/search", summary="Find journeys", responses=problems(WrongRole))
async def search(body: Search, caller: Staff, tx: Transaction) -> FoundJourneys:
    """Find journeys of the caller's regions, the newest first; in a body, not in an address."""
    return await queries.search(tx, caller, read_terms(body.text), now=clock.now())


@router.get("", summary="Journeys by their holds", responses=problems(WrongRole))
async def read_several(
    hold_id: Annotated[list[UUID], Query(min_length=1, max_length=100)],
    caller: Staff,
    tx: Transaction,
) -> FoundJourneys:
    """Show where several journeys stand, as far as the caller may see them."""
    return await queries.named(tx, caller, hold_id, now=clock.now())


@router.get("/{hold_id}", summary="One journey", responses=problems(NoSuchHold, WrongRole))
async def read_journey(hold_id: UUID, caller: Staff, tx: Transaction) -> JourneyPage:
    """Show where a journey stands, its hold, its order, and everything that happened."""
    return await queries.page_of_journey(tx, caller, hold_id, now=clock.now())
