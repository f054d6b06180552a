"""HTTP: what supervisors changed, for supervisors and auditors."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from kit.paging import Limit
from videocall.edits import queries
from videocall.edits.domain import What
from videocall.edits.queries import Edits

router = APIRouter(prefix="/v1/staff", tags=["board"])

Supervisor = Annotated[Caller, Depends(staff("region_manager", "auditor", "admin", "sre"))]


@router.get(
    "/call-edits", summary="What was changed at the call teams", responses=problems(WrongRole)
)
async def read_edits(
    supervisor: Supervisor,
    tx: Transaction,
    what: Annotated[frozenset[What], Query()] = frozenset(),
    limit: Limit = 20,
) -> Edits:
    """Show the newest changes of your regions: who made them, and how it was before."""
    return await queries.newest_edits(tx, supervisor, what, limit=limit)
