"""The connection team's queue: the waiting dossiers, and the objections to each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, Select, func, or_, select, true

from activation.activations.domain import Activation, Officer
from activation.activations.states import Decision, NoSuchActivation, Stage
from activation.tables import activations, dossiers, incidents, numbers
from events import Region, RepeatStep, SimKind
from kit.db import Tx
from kit.paging import Page, page_of

ON_THE_DESK: Final = (Stage.QUEUED, Stage.CONNECTING, Stage.DELAYED, Stage.REFUSED)
"""The stages that the desk lists; of the refused those whose customer was sent to a store."""


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
    waiting_since: datetime | None
    """Since when the dossier waits for the desk."""
    claimed_by: UUID | None
    claimed_at: datetime | None
    decision: Decision | None
    decided_by: UUID | None
    decided_at: datetime | None
    reason_code: str | None
    reason_text: str | None
    repeat: RepeatStep | None
    """The step to which a refusal sent the customer back."""
    call_id: UUID | None
    call_approved_by: UUID | None
    package_code: str | None
    promotion_code: str | None
    missing: list[str]
    """The objections to the connection, by all that is known now."""
    incident: str | None


class StageCount(BaseModel):
    """The dossiers of one stage in one region."""

    stage: Stage
    region: Region | None
    waiting: int
    unclaimed: int
    oldest: datetime | None
    """Since when the one waits that waits longest."""


class DeskCounts(BaseModel):
    """The work of the connection desk, counted in a person's regions."""

    stages: list[StageCount]
    claimed_by_me: int
    """Dossiers on the caller's own desk."""
    incidents: int
    """Incidents that nobody has closed."""


@dataclass(frozen=True)
class Filters:
    """The part of the queue that is asked for; with no stage what waits for a decision."""

    stage: Stage | None = None
    region: Region | None = None
    sim: SimKind | None = None
    claimed_by_me: bool = False

    def conditions(self, officer: Officer) -> list[ColumnElement[bool]]:
        """Return the conditions of the rows; of the refused those who were sent to a store."""
        stage, claimed_by = activations.c.stage, activations.c.claimed_by
        stages = [self.stage] if self.stage else [Stage.QUEUED]
        if self.claimed_by_me and not self.stage:
            stages = [Stage.QUEUED, Stage.DELAYED]
        matching = [stage.in_(stages), _of_regions(officer)]
        if self.stage is Stage.REFUSED:
            matching.append(activations.c.repeat == "STORE")
        if self.region:
            matching.append(activations.c.region == self.region)
        if self.sim:
            matching.append(activations.c.sim == self.sim)
        if self.claimed_by_me:
            matching.append(claimed_by == officer.id)
        return matching


async def queue(
    tx: Tx, officer: Officer, filters: Filters, *, after: UUID | None, limit: int
) -> Page[QueueItem]:
    """Return the dossiers of an officer's regions, oldest first."""
    return await page_of(
        tx,
        _WITH_DETAILS.where(*filters.conditions(officer)),
        activations.c.id,
        lambda row: _item(*row[:-1]),
        limit=limit,
        after=after,
        # A dossier that was decided since the page before is still a place to read on from.
        cursors=select(activations).where(_of_regions(officer)),
    )


async def counts(tx: Tx, officer: Officer) -> DeskCounts:
    """Count the dossiers of an officer's regions by stage and region, exactly."""
    stage, region, claimed_by = activations.c.stage, activations.c.region, activations.c.claimed_by
    grouped = (
        select(
            stage,
            region,
            func.count().label("waiting"),
            func.count().filter(claimed_by.is_(None)).label("unclaimed"),
            func.min(activations.c.waiting_since).label("oldest"),
        )
        .where(stage.in_(ON_THE_DESK), _of_regions(officer))
        .where(or_(stage != Stage.REFUSED, activations.c.repeat == "STORE"))
        .group_by(stage, region)
        .order_by(stage, region)
    )
    rows = (await tx.execute(grouped)).all()
    own = select(func.count()).where(*Filters(claimed_by_me=True).conditions(officer))
    opened = (
        select(func.count())
        .select_from(incidents)
        .join(activations, activations.c.hold_id == incidents.c.hold_id)
        .where(incidents.c.closed_at.is_(None), _of_regions(officer))
    )
    return DeskCounts(
        stages=[StageCount.model_validate(row._asdict()) for row in rows],
        claimed_by_me=await tx.scalar(own) or 0,
        incidents=await tx.scalar(opened) or 0,
    )


async def item_for(tx: Tx, hold_id: UUID, officer: Officer) -> QueueItem:
    """Return one dossier of an officer's regions, in any stage; another's looks like none."""
    one_dossier = _WITH_DETAILS.where(activations.c.hold_id == hold_id, _of_regions(officer))
    row = (await tx.execute(one_dossier)).one_or_none()
    if row is None:
        raise NoSuchActivation
    return _item(*row)


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
        waiting_since=activation.waiting_since,
        claimed_by=activation.claimed_by,
        claimed_at=activation.claimed_at,
        decision=activation.decision,
        decided_by=activation.decided_by,
        decided_at=activation.decided_at,
        reason_code=activation.reason_code,
        reason_text=activation.reason_text,
        repeat=activation.repeat,
        call_id=activation.call_id,
        call_approved_by=activation.agent_id,
        package_code=activation.package_code,
        promotion_code=activation.promotion_code,
        missing=activation.objections(),
        incident=activation.incident,
    )
