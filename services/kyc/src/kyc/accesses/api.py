"""The access log, for auditors (LAW19)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from kit.paging import UnknownCursor
from kyc.accesses.queries import AccessPage, Asked, accesses_of

router = APIRouter(prefix="/v1/access-log", tags=["audit"])

Auditor = Annotated[Caller, Depends(staff("auditor", "admin"))]


@router.get("", responses=problems(UnknownCursor, WrongRole))
async def read_access_log(
    asked: Annotated[Asked, Query()], who: Auditor, tx: Transaction
) -> AccessPage:
    """Show who looked at whose data, the oldest look first (LAW19)."""
    return await accesses_of(tx, who, asked)
