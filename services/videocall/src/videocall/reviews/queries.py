"""The calls of a region, for those who review them."""

from uuid import UUID

from sqlalchemy import select

from kit.auth import Caller
from kit.db import Tx
from videocall.calls.domain import Call
from videocall.calls.states import Status
from videocall.evidence.queries import DECIDED, REVIEWERS
from videocall.tables import calls


async def calls_to_review(
    tx: Tx,
    who: Caller,
    *,
    hold_id: UUID | None,
    status: Status | None,
    after: UUID | None,
    limit: int,
) -> list[Call]:
    """Return the calls that somebody may look at, the newest first, one more than a page."""
    its = select(Call)
    if who.regions:
        its = its.where(calls.c.region.in_(who.regions))
    if who.roles.isdisjoint(REVIEWERS):
        its = its.where(calls.c.status.in_(DECIDED))
    if hold_id:
        its = its.where(calls.c.hold_id == hold_id)
    if status:
        its = its.where(calls.c.status == status)
    if after:
        its = its.where(calls.c.id < after)
    return list(await tx.scalars(its.order_by(calls.c.id.desc()).limit(limit + 1)))
