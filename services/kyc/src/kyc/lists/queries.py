"""The cases that wait for a reviewer or for a store: nothing personal stands in the lists."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import Boolean, ColumnElement, Select, and_, func, select, type_coerce

from events import Region
from kit.auth import Caller
from kit.db import Tx
from kit.paging import Page, page_of
from kyc.cases.domain import Point, open_points
from kyc.reasons.domain import FRAUD
from kyc.sessions.domain import Session
from kyc.sessions.queries import ReasonView
from kyc.sessions.states import Status
from kyc.tables import attempts, claims, journeys, sessions

Waiting = Literal["REVIEW", "STORE"]
ClaimState = Literal["OWN", "FREE", "OTHERS"]
POINTS: tuple[Point, ...] = ("id_number", "full_name", "date_of_birth", "suspicion")
"""The points that a reviewer may have to close."""


class CaseFilter(BaseModel):
    """The cases to list."""

    waiting_for: Waiting = "REVIEW"
    region: Region | None = None
    point: Point | None = Field(None, description="Only those where this point is open")
    claim: ClaimState | None = Field(None, description="Only those claimed so")
    after: UUID | None = Field(None, description="`next` of the page before")
    limit: int = Field(20, ge=1, le=100, description="How many items a page has")


class CaseItem(BaseModel):
    """A case in the list: nothing personal, so that looking at the list is looking at nobody."""

    session_id: UUID
    hold_id: UUID
    region: Region | None
    status: Status
    attempt: int
    reasons: list[ReasonView]
    open_points: list[Point]
    waits_since: datetime
    claimed_by: UUID | None
    claimed_at: datetime | None
    claimed_until: datetime | None


class Counts(BaseModel):
    """The numbers of cases in the caller's regions."""

    review: int
    """All that wait for a reviewer; each of the next three is a part of them."""
    own: int
    free: int
    others: int
    """Claimed by colleagues."""
    points: dict[Point, int]
    """The cases that wait for a reviewer, by open point; a case may have several."""
    store: int
    """Customers who were sent to a store."""


class StoreItem(BaseModel):
    """A customer expected at a store; the whole code is on the customer's phone."""

    code_ending: str | None
    """The last four characters of the hold code."""
    region: Region | None
    reasons: list[ReasonView]
    waits_since: datetime


async def waiting_cases(
    tx: Tx,
    caller: Caller,
    filters: CaseFilter,
    *,
    now: datetime,
) -> Page[CaseItem]:
    """Return the cases of the caller's regions that wait for a reviewer or for a store."""
    shown = [journeys.c.region, attempts.c.decided_at]
    claimed = [claims.c.claimed_by, claims.c.claimed_at, claims.c.until]
    waiting = (
        _joined(select(Session, *shown, *claimed), now)
        .join(attempts, _newest())
        .where(*_within(caller, filters.region), waits(filters.waiting_for))
    )
    if filters.point:
        waiting = waiting.where(_is_open(filters.point))
    if filters.claim:
        waiting = waiting.where(_claimed(caller, filters.claim))
    return await page_of(
        tx,
        waiting,
        sessions.c.id,
        lambda row: _item(*row[:-1]),
        limit=filters.limit,
        after=filters.after,
        cursors=_visible(caller),
    )


async def counts_of(tx: Tx, caller: Caller, *, now: datetime) -> Counts:
    """Count the cases of the caller's regions that wait for a person."""
    states: tuple[ClaimState, ...] = ("OWN", "FREE", "OTHERS")
    numbers = [
        func.count(),
        *(func.count().filter(_claimed(caller, state)) for state in states),
        *(func.count().filter(_is_open(point)) for point in POINTS),
    ]
    scope = _within(caller, None)
    review = _joined(select(*numbers).select_from(sessions), now).where(*scope, waits("REVIEW"))
    total, own, free, others, *by_point = (await tx.execute(review)).one()
    sent = select(func.count()).select_from(sessions)
    sent = sent.join(journeys, journeys.c.hold_id == sessions.c.hold_id)
    return Counts(
        review=total,
        own=own,
        free=free,
        others=others,
        points=dict(zip(POINTS, by_point, strict=True)),
        store=await tx.scalar(sent.where(*scope, waits("STORE"))) or 0,
    )


async def expected_at_stores(
    tx: Tx, clerk: Caller, *, after: UUID | None, limit: int
) -> Page[StoreItem]:
    """Return the customers of a store's region who were sent to a store."""
    sent = (
        select(Session, journeys.c.hold_code, journeys.c.region, attempts.c.decided_at)
        .join(journeys, journeys.c.hold_id == sessions.c.hold_id)
        .join(attempts, _newest())
        .where(*_within(clerk, None), waits("STORE"))
    )
    return await page_of(
        tx,
        sent,
        sessions.c.id,
        lambda row: StoreItem(
            code_ending=row.hold_code[-4:] if row.hold_code else None,
            region=row.region,
            reasons=[ReasonView.of(code) for code in row[0].reason_codes],
            waits_since=row.decided_at or row[0].opened_at,
        ),
        limit=limit,
        after=after,
        cursors=_visible(clerk),
    )


def waits(waiting_for: Waiting) -> ColumnElement[bool]:
    """Select the sessions that wait for a reviewer, or for their customers at a store."""
    if waiting_for == "REVIEW":
        return sessions.c.status == Status.NEEDS_REVIEW
    return (sessions.c.status == Status.KYC_FAILED) & (sessions.c.repeat == "STORE")


def _item(
    session: Session,
    region: Region | None,
    decided_at: datetime | None,
    claimed_by: UUID | None,
    claimed_at: datetime | None,
    until: datetime | None,
) -> CaseItem:
    return CaseItem(
        session_id=session.id,
        hold_id=session.hold_id,
        region=region,
        status=session.status,
        attempt=session.attempt,
        reasons=[ReasonView.of(code) for code in session.reason_codes],
        open_points=list(open_points(session.verdict, session.reason_codes, desk="REVIEW")),
        waits_since=decided_at or session.opened_at,
        claimed_by=claimed_by,
        claimed_at=claimed_at,
        claimed_until=until,
    )


def _joined(rows: Select[*tuple[Any, ...]], now: datetime) -> Select[*tuple[Any, ...]]:
    held = (claims.c.session_id == sessions.c.id) & (claims.c.until > now)
    return rows.join(journeys, journeys.c.hold_id == sessions.c.hold_id).outerjoin(claims, held)


def _visible(caller: Caller) -> Select[*tuple[Any, ...]]:
    visible = select(sessions).join(journeys, journeys.c.hold_id == sessions.c.hold_id)
    return visible.where(*_within(caller, None))


def _newest() -> ColumnElement[bool]:
    return (attempts.c.session_id == sessions.c.id) & (attempts.c.number == sessions.c.attempt)


def _is_open(point: Point) -> ColumnElement[bool]:
    if point == "suspicion":
        return type_coerce(sessions.c.reason_codes.contains([FRAUD]), Boolean)
    return type_coerce(sessions.c.verdict[point].astext.is_distinct_from("PASS"), Boolean)


def _claimed(caller: Caller, state: ClaimState) -> ColumnElement[bool]:
    free, own = claims.c.claimed_by.is_(None), claims.c.claimed_by == caller.subject_id
    return {"FREE": free, "OWN": own, "OTHERS": and_(~free, ~own)}[state]


def _within(caller: Caller, region: Region | None) -> list[ColumnElement[bool]]:
    scope = [journeys.c.region.in_(caller.regions)] if caller.regions else []
    return scope + ([journeys.c.region == region] if region else [])
