"""HTTP: the lists of reviewers and stores (G27)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from kit.paging import After, Limit, Page, UnknownCursor
from kyc.cases.commands import REVIEWERS
from kyc.lists.queries import (
    CaseFilter,
    CaseItem,
    Counts,
    StoreItem,
    counts_of,
    expected_at_stores,
    waiting_cases,
)

router = APIRouter(prefix="/v1", tags=["cases"])

Reviewer = Annotated[Caller, Depends(staff(*REVIEWERS))]
Clerk = Annotated[Caller, Depends(staff("store_staff"))]


@router.get("/cases", responses=problems(UnknownCursor, WrongRole))
async def list_cases(
    filters: Annotated[CaseFilter, Query()], caller: Reviewer, tx: Transaction
) -> Page[CaseItem]:
    """List the cases of the caller's regions that wait for a review or for a store (G27)."""
    return await waiting_cases(tx, caller, filters, now=clock.now())


@router.get("/cases/counts", responses=problems(WrongRole))
async def count_cases(caller: Reviewer, tx: Transaction) -> Counts:
    """Count the cases of the caller's regions that wait for a review or for a store (G27)."""
    return await counts_of(tx, caller, now=clock.now())


@router.get("/store-cases", responses=problems(UnknownCursor, WrongRole))
async def list_store_cases(
    clerk: Clerk, tx: Transaction, after: After = None, limit: Limit = 50
) -> Page[StoreItem]:
    """List the customers of the caller's region who were sent to a store (LAW03, G27).

    A case is opened with the hold code that its customer shows: the list has only its ending.
    """
    return await expected_at_stores(tx, clerk, after=after, limit=limit)
