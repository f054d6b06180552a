"""The connection team's queue: the waiting dossiers, and the objections to each."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, Select, select, true

from activation.activations.domain import Activation, Officer
from activation.activations.states import Stage
from activation.tables import activations, dossiers, numbers
from events import Region, SimKind
from kit.db import Tx
from kit.paging import Page, page_of


class QueueItem(BaseModel):
    """One dossier in the connection queue (P4.1)."""

    id: UUID
    hold_id: UUID
    stage: str
    sim: SimKind
    region: Region | None
    msisdn: str | None
    sim_serial: str | None
    submission: int
    signed_at: datetime | None
    claimed_by: UUID | None
    claimed_at: datetime | None
    call_approved_by: UUID | None
    missing: list[str]
    """The objections to the connection, by all that is known now."""
    incident: str | None


async def queue(
    tx: Tx, officer: Officer, *, stage: Stage, after: UUID | None, limit: int
) -> Page[QueueItem]:
    """Return the dossiers of an officer's regions, oldest first."""
    waiting = _WITH_DETAILS.where(activations.c.stage == stage, _of_regions(officer))
    return await page_of(
        tx,
        waiting,
        activations.c.id,
        lambda row: _item(*row[:-1]),
        limit=limit,
        after=after,
        # A dossier that was decided since the page before is still a place to read on from.
        cursors=select(activations).where(_of_regions(officer)),
    )


def _of_regions(officer: Officer) -> ColumnElement[bool]:
    return activations.c.region.in_(officer.regions) if officer.regions else true()


async def item_of(tx: Tx, activation: Activation) -> QueueItem:
    """Return one dossier as the desk sees it."""
    await tx.flush()
    row = (await tx.execute(_WITH_DETAILS.where(activations.c.id == activation.id))).one()
    return _item(*row)


_WITH_DETAILS: Select[Activation, str | None, datetime | None] = (
    select(Activation, numbers.c.msisdn, dossiers.c.signed_at)
    .outerjoin(numbers, numbers.c.id == activations.c.number_id)
    .outerjoin(dossiers, dossiers.c.id == activations.c.dossier_id)
)


def _item(activation: Activation, msisdn: str | None, signed_at: datetime | None) -> QueueItem:
    return QueueItem(
        id=activation.id,
        hold_id=activation.hold_id,
        stage=activation.stage,
        sim=activation.sim,
        region=activation.region,
        msisdn=msisdn,
        sim_serial=activation.sim_serial,
        submission=activation.submission,
        signed_at=signed_at,
        claimed_by=activation.claimed_by,
        claimed_at=activation.claimed_at,
        call_approved_by=activation.agent_id,
        missing=activation.objections(),
        incident=activation.incident,
    )
