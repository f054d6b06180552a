"""HTTP: the access log, for auditors (LAW19)."""

from typing import Annotated

from fastapi import APIRouter, Query

from kit.access_log import AccessPage, Asked, Auditor, LogId, accesses_of
from kit.auth import WrongRole
from kit.db import Transaction
from kit.http import problems
from kit.paging import UnknownCursor
from kyc.tables import accesses, journeys

router = APIRouter(prefix="/v1/access-log", tags=["audit"])


@router.get("", responses=problems(UnknownCursor, WrongRole))
async def read_access_log(
    asked: Annotated[Asked[LogId], Query()], caller: Auditor, tx: Transaction
) -> AccessPage[LogId]:
    """Show the looks of staff at customers' data, the newest first (LAW19)."""
    return await accesses_of(tx, caller, asked, accesses=accesses, cases=journeys)
