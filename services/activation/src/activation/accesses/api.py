"""HTTP: the access log, for auditors (LAW19)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from activation.tables import accesses, activations
from kit.access_log import AccessPage, Asked, Auditor, accesses_of
from kit.auth import WrongRole
from kit.db import Transaction
from kit.http import problems
from kit.paging import UnknownCursor

router = APIRouter(prefix="/v1/access-log", tags=["audit"])


@router.get("", responses=problems(UnknownCursor, WrongRole))
async def read_access_log(
    asked: Annotated[Asked[UUID], Query()], who: Auditor, tx: Transaction
) -> AccessPage[UUID]:
    """Show who looked at whose evidence, the oldest look first (LAW19)."""
    return await accesses_of(tx, who, asked, accesses=accesses, cases=activations)
