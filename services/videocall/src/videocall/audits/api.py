"""HTTP: the audit of sampled calls (domain rules, part 13; SD.2)."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from kit.paging import After, Limit, Page, UnknownCursor
from videocall.audits import commands, queries
from videocall.audits.domain import AlreadyAudited, Finding, NotDecided, OwnDecision, Sampling
from videocall.audits.queries import Progress, SampledCall
from videocall.calls.states import NoSuchCall
from videocall.desk.commands import Note
from videocall.settings import RequestSettings, Settings

router = APIRouter(prefix="/v1/desk/audits", tags=["audits"])

Auditor = Annotated[Caller, Depends(staff("auditor"))]
Reader = Annotated[Caller, Depends(staff("auditor", "region_manager"))]
Day = Annotated[date, Query(description="A day in Vietnam's time")]


class AuditReport(BaseModel):
    """An auditor's report about a call; the note stays sealed inside."""

    finding: Finding
    note: Note | None = None


def _sampling(settings: Settings) -> Sampling:
    return Sampling(settings.audited_share, settings.audited_first)


@router.get("", responses=problems(UnknownCursor, WrongRole))
async def read_sample(
    day: Day,
    caller: Reader,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
    after: After = None,
    limit: Limit = 50,
) -> Page[SampledCall]:
    """List the decisions of a day that are audited, in the caller's regions.

    A share of each agent's, all of a new agent's, and all about a doubtful face.
    """
    return await queries.sample(
        tx,
        caller,
        day,
        _sampling(settings),
        after=after,
        limit=limit,
        sealer=sealer,
        now=clock.now(),
    )


@router.get("/progress", responses=problems(WrongRole))
async def read_progress(
    day: Day, caller: Reader, tx: Transaction, settings: RequestSettings
) -> Progress:
    """Count a day's sample, and what was found in it."""
    return await queries.progress(tx, caller, day, _sampling(settings))


@router.put(
    "/{call_id}",
    status_code=204,
    responses=problems(NoSuchCall, NotDecided, OwnDecision, AlreadyAudited, WrongRole),
)
async def report(
    call_id: UUID, body: AuditReport, auditor: Auditor, tx: Transaction, sealer: RequestSealer
) -> None:
    """Write down what an audit of a decided call found; a supervisor acts on a doubt (G28)."""
    await commands.audit(
        tx, call_id, body.finding, body.note, auditor=auditor, sealer=sealer, now=clock.now()
    )
