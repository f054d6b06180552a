"""The calls of a region, for those who review them."""

from uuid import UUID

from sqlalchemy import Select, or_, select

from kit.auth import Caller
from kit.db import Tx
from kit.paging import Page, page_of
from videocall.calls.domain import Call
from videocall.calls.states import Status
from videocall.evidence.queries import DECIDED, REVIEWERS
from videocall.tables import calls, journeys


async def calls_to_review(
    tx: Tx,
    caller: Caller,
    *,
    hold_id: UUID | None,
    status: Status | None,
    after: UUID | None,
    limit: int,
) -> Page[Call]:
    """Return the calls that staff may look at, the newest first."""
    visible = _visible_to(caller)
    if hold_id:
        visible = visible.where(calls.c.hold_id == hold_id)
    if status:
        visible = visible.where(calls.c.status == status)
    return await page_of(
        tx,
        visible,
        calls.c.id,
        lambda row: row[0],
        limit=limit,
        after=after,
        newest_first=True,
        cursors=_visible_to(caller),
    )


def _visible_to(caller: Caller) -> Select[Call]:
    visible = select(Call).join(journeys, journeys.c.hold_id == calls.c.hold_id)
    if caller.regions:
        visible = visible.where(
            or_(calls.c.region.in_(caller.regions), journeys.c.region.in_(caller.regions))
        )
    if caller.roles.isdisjoint(REVIEWERS):
        visible = visible.where(calls.c.status.in_(DECIDED))
    return visible
