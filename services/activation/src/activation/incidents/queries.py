"""The incident list of the connection desk and of the supervisors, newest last."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from activation.activations.domain import Officer
from activation.incidents.domain import ONLY_THE_CODE, NoSuchIncident, UnderReview
from activation.tables import activations, incidents, numbers
from events import Region
from kit.db import Tx
from kit.paging import Page, page_of


class IncidentView(BaseModel):
    """An incident as the desk sees it."""

    id: UUID
    hold_id: UUID
    region: Region | None
    msisdn: str | None
    stage: str
    kind: str
    found: list[str]
    """The points that spoke against the connection when the incident was noticed."""
    opened_at: datetime
    closed_at: datetime | None
    closed_by: UUID | None
    resolution: str | None
    """STANDS: the connection is right all the same; UNDONE: it was ended at mSale."""
    note: str | None


_WITH_JOURNEY = (
    select(incidents, activations.c.region, activations.c.stage, numbers.c.msisdn)
    .join(activations, activations.c.hold_id == incidents.c.hold_id)
    .outerjoin(numbers, numbers.c.id == activations.c.number_id)
)


async def listed(
    tx: Tx, officer: Officer, *, is_open: bool, after: UUID | None, limit: int
) -> Page[IncidentView]:
    """Return the incidents of a person's regions, oldest first."""
    closed_at = incidents.c.closed_at
    matching = _WITH_JOURNEY.where(closed_at.is_(None) if is_open else closed_at.is_not(None))
    if officer.regions:
        matching = matching.where(activations.c.region.in_(officer.regions))
    return await page_of(
        tx,
        matching,
        incidents.c.id,
        lambda row: IncidentView.model_validate(row._asdict()),
        limit=limit,
        after=after,
        cursors=select(incidents),
    )


async def get(tx: Tx, incident_id: UUID) -> IncidentView:
    """Return one incident as the desk sees it."""
    await tx.flush()
    row = (await tx.execute(_WITH_JOURNEY.where(incidents.c.id == incident_id))).mappings().first()
    if row is None:
        raise NoSuchIncident
    return IncidentView.model_validate(dict(row))


async def refuse_under_review(tx: Tx, hold_id: UUID) -> None:
    """Refuse to give an eSIM's code away while a person looks at its connection, or undid it."""
    in_doubt = select(incidents.c.id).where(
        incidents.c.hold_id == hold_id,
        incidents.c.kind != ONLY_THE_CODE,
        incidents.c.resolution.is_distinct_from("STANDS"),
    )
    if await tx.scalar(in_doubt.limit(1)) is not None:
        raise UnderReview(hold_id)
