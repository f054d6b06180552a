"""The calls of a region, for those who review them."""

from uuid import UUID

from sqlalchemy import Select, or_, select

from kit.auth import Caller
from kit.db import Tx
from kit.paging import known_cursor
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
) -> list[Call]:
    """Return the calls that staff may look at, the newest first, one more than a page."""
    visible = _visible_to(caller)
    if hold_id:
        visible = visible.where(calls.c.hold_id == hold_id)
    if status:
        visible = visible.where(calls.c.status == status)
    if after:
        await known_cursor(tx, _visible_to(caller).with_only_columns(calls.c.id), after)
        visible = visible.where(calls.c.id < after)
    return list(await tx.scalars(visible.order_by(calls.c.id.desc()).limit(limit + 1)))


def _visible_to(caller: Caller) -> Select[Call]:
    visible = select(Call).join(journeys, journeys.c.hold_id == calls.c.hold_id)
    if caller.regions:
        visible = visible.where(
            or_(calls.c.region.in_(caller.regions), journeys.c.region.in_(caller.regions))
        )
    if caller.roles.isdisjoint(REVIEWERS):
        visible = visible.where(calls.c.status.in_(DECIDED))
    return visible
