"""HTTP: the incidents of the connection desk, for officers and supervisors (decision 0024)."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from activation.activations.domain import Officer
from activation.activations.states import ActivationClosed
from activation.incidents import commands, queries
from activation.incidents.domain import (
    IncidentClosed,
    InvolvedMayNotClose,
    NoSuchIncident,
    Resolution,
)
from activation.incidents.queries import IncidentView
from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from kit.paging import After, Limit, Page, UnknownCursor
from values.labels import Label

router = APIRouter(prefix="/v1/desk/incidents", tags=["connection desk"])

RequestOfficer = Annotated[Caller, Depends(staff("connection_officer", "region_manager"))]


class Closing(BaseModel):
    """The decision about an incident, and why."""

    resolution: Resolution
    note: Annotated[Label, Field(min_length=3)]


@router.get("", responses=problems(UnknownCursor, WrongRole))
async def read_incidents(
    caller: RequestOfficer,
    tx: Transaction,
    state: Literal["OPEN", "CLOSED"] = "OPEN",
    after: After = None,
    limit: Limit = 20,
) -> Page[IncidentView]:
    """Show the incidents of the caller's regions, oldest first."""
    officer = Officer(caller.subject_id, caller.regions)
    return await queries.listed(tx, officer, is_open=state == "OPEN", after=after, limit=limit)


@router.post(
    "/{incident_id}/close",
    responses=problems(
        NoSuchIncident, IncidentClosed, ActivationClosed, InvolvedMayNotClose, WrongRole
    ),
)
async def close_incident(
    incident_id: UUID, body: Closing, caller: RequestOfficer, tx: Transaction
) -> IncidentView:
    """Close an incident with what was decided about it."""
    await commands.close(
        tx,
        incident_id,
        Officer(caller.subject_id, caller.regions),
        resolution=body.resolution,
        note=body.note,
        now=clock.now(),
    )
    return await queries.get(tx, incident_id)
