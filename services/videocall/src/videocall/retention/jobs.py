"""The job that erases evidence whose time is over."""

from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy import Select, and_, case, exists, false, func, not_, or_, select

from kit.db import Tx
from kit.jobs import Jobs
from videocall.calls.states import LIVE, Status
from videocall.retention import commands
from videocall.retention.domain import SUSPICIONS, RetentionClass
from videocall.settings import Settings
from videocall.tables import audits, calls, data_keys, journeys, legal_holds

EVERY_SECONDS: Final = 60.0

_other = calls.alias("of_journey")
_doubted = or_(
    and_(_other.c.status == Status.REJECTED, _other.c.reason_code.in_(SUSPICIONS)),
    _other.c.status == Status.REVOKED,
    exists().where(audits.c.call_id == _other.c.id, audits.c.finding == "DOUBTED"),
)
IS_SUSPECTED: Final = exists().where(_other.c.hold_id == journeys.c.hold_id, _doubted)
"""The person of a journey was doubted: by an agent, an auditor or a supervisor."""
_came_back = func.coalesce(journeys.c.confirmed_at >= journeys.c.expired_at, false())
_ended_at = func.coalesce(journeys.c.ended_at, case((not_(_came_back), journeys.c.expired_at)))
"""When a journey was over; null while it is not."""
IS_HELD: Final = exists().where(
    legal_holds.c.hold_id == journeys.c.hold_id, legal_holds.c.lifted_at.is_(None)
)


def add_to(jobs: Jobs, settings: Settings) -> None:
    """Add the jobs of a process. What is connected is kept (R1): no fact ends a subscription."""

    @jobs.each_row(EVERY_SECONDS, partial(_unconnected, settings))
    async def erase_unconnected(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Erase evidence of journeys that ended without a connection (R2)."""
        await commands.erase(tx, call_id, RetentionClass.UNCONNECTED, now=now)

    @jobs.each_row(EVERY_SECONDS, partial(_suspected, settings))
    async def erase_suspected(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Erase evidence of journeys of whose person somebody had doubts (R2, fraud)."""
        await commands.erase(tx, call_id, RetentionClass.SUSPECTED, now=now)


def _unconnected(settings: Settings, now: datetime) -> Select[UUID]:
    """Select the calls whose evidence has had its 30 days."""
    over = _ended_at <= now - settings.unconnected_kept
    return _kept().where(over, not_(IS_SUSPECTED))


def _suspected(settings: Settings, now: datetime) -> Select[UUID]:
    """Select the calls of suspects whose evidence has had its two years."""
    return _kept().where(_ended_at <= now - settings.suspected_kept, IS_SUSPECTED)


def _kept() -> Select[UUID]:
    """Select the calls whose key is there, of journeys without a connection or a legal hold."""
    of_journey = select(calls.c.id).join(journeys, journeys.c.hold_id == calls.c.hold_id)
    with_key = of_journey.join(data_keys, data_keys.c.call_id == calls.c.id)
    return with_key.where(
        data_keys.c.erased_at.is_(None),
        journeys.c.connected_at.is_(None),
        calls.c.status.not_in(LIVE),
        not_(IS_HELD),
    )
