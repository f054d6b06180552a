"""The sample of a day's decisions, the same whoever asks and however often."""

from datetime import date, datetime, time, timedelta
from typing import Final, get_args
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, Select, String, Subquery, cast, func, literal, or_, select

from kit.auth import Caller
from kit.clock import VIETNAM
from kit.db import Tx
from kit.paging import Page, page_of
from kit.sealing import Sealer
from videocall.audits.domain import Audit, DrawnFor, Finding, Sampling
from videocall.calls.domain import Call
from videocall.calls.states import VERDICTS
from videocall.desk.queries import DeskCall, desk_view
from videocall.tables import audits, calls, journeys

REASONS: Final[tuple[DrawnFor, ...]] = get_args(DrawnFor)


class AuditView(BaseModel):
    """An auditor's word about a call."""

    finding: Finding
    note: str | None
    audited_by: UUID
    audited_at: datetime


class SampledCall(DeskCall):
    """A call that was drawn for an audit."""

    audit: AuditView | None
    drawn_for: list[DrawnFor]


class Progress(BaseModel):
    """The audits of one day's sample."""

    sampled: int
    audited: int
    doubted: int


async def sample(
    tx: Tx,
    caller: Caller,
    day: date,
    sampling: Sampling,
    *,
    after: UUID | None,
    limit: int,
    sealer: Sealer,
    now: datetime,
) -> Page[SampledCall]:
    """Return the sampled calls of a day in the caller's regions, the newest first."""
    drawn = _drawn(day, sampling)
    flags = (drawn.c.by_lot, drawn.c.of_new, calls.c.face_in_doubt)
    page = await page_of(
        tx,
        _visible(caller).join(drawn, drawn.c.id == calls.c.id).add_columns(*flags),
        calls.c.id,
        lambda row: tuple(row)[:5],
        limit=limit,
        after=after,
        newest_first=True,
        cursors=_visible(caller),
    )
    items = [
        SampledCall(
            **(await desk_view(tx, call, now=now)).model_dump(),
            audit=_view(audit, sealer),
            drawn_for=[reason for reason, holds in zip(REASONS, reasons, strict=True) if holds],
        )
        for call, audit, *reasons in page.items
    ]
    return Page(items=items, next=page.next)


async def progress(tx: Tx, caller: Caller, day: date, sampling: Sampling) -> Progress:
    """Count a day's sample in the caller's regions, and what was found."""
    drawn = _drawn(day, sampling)
    counts = (
        _visible(caller)
        .join(drawn, drawn.c.id == calls.c.id)
        .with_only_columns(
            func.count(),
            func.count(audits.c.call_id),
            func.count().filter(audits.c.finding == "DOUBTED"),
        )
    )
    sampled, audited, doubted = (await tx.execute(counts)).one()
    return Progress(sampled=sampled, audited=audited, doubted=doubted)


def _drawn(day: date, sampling: Sampling) -> Subquery:
    """Draw each agent's share of a day's decisions, at least one, by the hash of the call's id.

    The hash is nobody's choice, and gives the same calls to every auditor at any time. Besides,
    all are drawn that are among the agent's first, and all in which the face was in doubt.
    """
    midnight = datetime.combine(day, time(), VIETNAM)
    of_day = calls.c.ended_at >= midnight, calls.c.ended_at < midnight + timedelta(days=1)
    agent, lot = calls.c.agent_id, func.md5(cast(calls.c.id, String))
    place = func.row_number().over(partition_by=agent, order_by=lot)
    size = func.ceil(func.count().over(partition_by=agent) * sampling.share)
    ranked = select(
        calls.c.id,
        calls.c.face_in_doubt,
        place.label("place"),
        size.label("size"),
        _is_among_first(sampling.first).label("of_new"),
    )
    ranks = ranked.where(calls.c.status.in_(VERDICTS), *of_day).subquery()
    by_lot = ranks.c.place <= ranks.c.size
    drawn = select(ranks.c.id, by_lot.label("by_lot"), ranks.c.of_new)
    return drawn.where(or_(by_lot, ranks.c.of_new, ranks.c.face_in_doubt)).subquery()


def _is_among_first(first: int) -> ColumnElement[bool]:
    """Tell whether an agent had decided fewer calls before; so many are looked at, and no more."""
    earlier = calls.alias("earlier")
    decided = select(literal(1)).where(
        earlier.c.agent_id == calls.c.agent_id,
        earlier.c.status.in_(VERDICTS),
        earlier.c.started_at < calls.c.started_at,
    )
    so_many = decided.limit(first).correlate(calls).subquery()
    return select(func.count()).select_from(so_many).scalar_subquery() < first


def _visible(caller: Caller) -> Select[Call, Audit]:
    with_audit = (
        select(Call, Audit)
        .join(journeys, journeys.c.hold_id == calls.c.hold_id)
        .outerjoin(Audit, audits.c.call_id == calls.c.id)
    )
    return with_audit.where(_within(caller)) if caller.regions else with_audit


def _within(caller: Caller) -> ColumnElement[bool]:
    return or_(calls.c.region.in_(caller.regions), journeys.c.region.in_(caller.regions))


def _view(audit: Audit | None, sealer: Sealer) -> AuditView | None:
    if audit is None:
        return None
    about = f"{audit.call_id}:audit"
    return AuditView(
        finding=audit.finding,
        note=sealer.open(audit.note, about=about).decode() if audit.note else None,
        audited_by=audit.audited_by,
        audited_at=audit.audited_at,
    )
