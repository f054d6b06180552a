"""Journeys by the stage they stand in: counted for the board, and those that are stuck."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, Row, Select, func, select, true

from events import Region, SimKind
from kit.auth import Caller
from kit.db import Tx
from kit.paging import Page, page_of
from order.orders.states import Status
from order.stages.domain import RULES, Responsible, Stage
from order.tables import journeys, numbers, orders, stages
from values import phones


class StandingView(BaseModel):
    """The stage a journey stands in, since when, and what comes next."""

    stage: Stage
    label_vi: str
    since: datetime | None
    due_at: datetime | None
    """After this moment the journey is stuck; none when it is over."""
    is_stuck: bool
    responsible: Responsible
    next_vi: str
    event: str | None
    """The last fact that spoke of the stage."""
    reason_code: str | None


class JourneyItem(StandingView):
    """A journey in a list of staff. Nothing in it names a person."""

    hold_id: UUID
    hold_code: str
    msisdn: str | None
    display: str | None
    sim: SimKind
    region: Region | None
    order_id: UUID | None
    order_status: Status | None


class StageCount(BaseModel):
    """The journeys of one region that stand in one stage."""

    stage: Stage
    label_vi: str
    responsible: Responsible
    limit_seconds: int
    region: Region | None
    journeys: int
    stuck: int
    oldest: datetime | None
    """Since when the one stands that stands longest."""


class StageCounts(BaseModel):
    """The journeys under way, by stage and region, in the order of the way."""

    items: list[StageCount]


ITEMS: Select[*tuple[Any, ...]] = (
    select(
        journeys.c.hold_id,
        journeys.c.hold_code,
        journeys.c.sim,
        numbers.c.msisdn,
        orders.c.id.label("order_id"),
        orders.c.status.label("order_status"),
        orders.c.region,
        stages.c.stage,
        stages.c.since,
        stages.c.due_at,
        stages.c.event,
        stages.c.reason_code,
    )
    .select_from(journeys)
    .outerjoin(numbers, numbers.c.number_id == journeys.c.number_id)
    .outerjoin(orders, orders.c.hold_id == journeys.c.hold_id)
    .outerjoin(stages, stages.c.hold_id == journeys.c.hold_id)
)


def visible_to(caller: Caller, region: ColumnElement[Any]) -> ColumnElement[bool]:
    """Select what a member of staff may see; without an order only head office does."""
    return region.in_(caller.regions) if caller.regions else true()


def shown_at(now: datetime) -> Callable[[Row[*tuple[Any, ...]]], JourneyItem]:
    """Return the view of a row of `ITEMS` as of this moment."""

    def item(row: Row[*tuple[Any, ...]]) -> JourneyItem:
        stage = Stage(row.stage or Stage.HELD)
        rule = RULES[stage]
        return JourneyItem(
            hold_id=row.hold_id,
            hold_code=row.hold_code,
            msisdn=row.msisdn,
            display=phones.in_groups(row.msisdn) if row.msisdn else None,
            sim=row.sim,
            region=row.region,
            order_id=row.order_id,
            order_status=row.order_status,
            stage=stage,
            label_vi=rule.label_vi,
            since=row.since,
            due_at=row.due_at,
            is_stuck=row.due_at is not None and row.due_at < now,
            responsible=rule.responsible,
            next_vi=rule.next_vi,
            event=row.event,
            reason_code=row.reason_code,
        )

    return item


async def stuck(
    tx: Tx,
    caller: Caller,
    *,
    region: Region | None,
    stage: Stage | None,
    responsible: Responsible | None,
    after: UUID | None,
    limit: int,
    now: datetime,
) -> Page[JourneyItem]:
    """Return the journeys that stand in a stage longer than its limit, the oldest hold first."""
    late = ITEMS.where(stages.c.due_at < now, visible_to(caller, stages.c.region))
    if region:
        late = late.where(stages.c.region == region)
    if stage:
        late = late.where(stages.c.stage == stage)
    if responsible:
        theirs = [each for each, rule in RULES.items() if rule.responsible is responsible]
        late = late.where(stages.c.stage.in_(theirs))
    return await page_of(
        tx,
        late,
        stages.c.hold_id,
        shown_at(now),
        limit=limit,
        after=after,
        # A journey that has gone on since the page before is still a place to read on from.
        cursors=ITEMS.where(visible_to(caller, stages.c.region)),
    )


async def counts(tx: Tx, caller: Caller, *, region: Region | None, now: datetime) -> StageCounts:
    """Count the journeys under way in a caller's regions, exactly; what is over is not counted."""
    grouped = (
        select(
            stages.c.stage,
            stages.c.region,
            func.count().label("journeys"),
            func.count().filter(stages.c.due_at < now).label("stuck"),
            func.min(stages.c.since).label("oldest"),
        )
        .where(stages.c.due_at.is_not(None), visible_to(caller, stages.c.region))
        .group_by(stages.c.stage, stages.c.region)
    )
    if region:
        grouped = grouped.where(stages.c.region == region)
    items = [_count(row) for row in await tx.execute(grouped)]
    order = list(Stage)
    items.sort(key=lambda item: (order.index(item.stage), item.region or ""))
    return StageCounts(items=items)


def _count(row: Row[*tuple[Any, ...]]) -> StageCount:
    rule = RULES[Stage(row.stage)]
    return StageCount(
        stage=row.stage,
        label_vi=rule.label_vi,
        responsible=rule.responsible,
        limit_seconds=int(rule.limit.total_seconds()) if rule.limit else 0,
        region=row.region,
        journeys=row.journeys,
        stuck=row.stuck,
        oldest=row.oldest,
    )
