"""The jobs that erase evidence, or note why it is kept though its customer asked."""

from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy import Select, not_, select

from kit.db import Tx
from kit.jobs import Jobs
from videocall.calls.states import LIVE
from videocall.retention import commands
from videocall.retention.domain import Ground, RetentionClass
from videocall.retention.queries import (
    ENDED_AT,
    GROUND,
    IS_ASKED,
    IS_HELD,
    IS_SUSPECTED,
    ground_of,
)
from videocall.settings import Settings
from videocall.tables import calls, data_keys, journeys

EVERY_SECONDS: Final = 60.0


def add_to(jobs: Jobs, settings: Settings) -> None:
    """Add the jobs of a process. What is connected is kept (R1): no fact ends a subscription."""

    @jobs.each_row(EVERY_SECONDS, partial(_unconnected, settings))
    async def erase_unconnected(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Erase evidence of journeys that ended without a connection (R2)."""
        await _erase(tx, call_id, RetentionClass.UNCONNECTED, now=now)

    @jobs.each_row(EVERY_SECONDS, partial(_suspected, settings))
    async def erase_suspected(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Erase evidence of journeys of whose person somebody had doubts (R2, fraud)."""
        await _erase(tx, call_id, RetentionClass.SUSPECTED, now=now)

    @jobs.each_row(EVERY_SECONDS, _asked)
    async def erase_forgotten(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Erase evidence of customers who are to be forgotten, and that nothing keeps (R2)."""
        await _erase(tx, call_id, RetentionClass.UNCONNECTED, asked=True, now=now)

    @jobs.each_row(EVERY_SECONDS, _refused)
    async def refuse_erasure(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Note on what ground evidence is kept of customers who are to be forgotten."""
        if ground := await ground_of(tx, call_id):
            await commands.refuse_erasure(tx, call_id, ground, now=now)


async def _erase(
    tx: Tx, call_id: UUID, retention: RetentionClass, *, asked: bool = False, now: datetime
) -> None:
    """Erase the evidence of a call, unless a legal hold was placed while it was being locked.

    Placing one locks the calls of the journey, too: either this sees it, or it comes too late.
    """
    if await ground_of(tx, call_id) is not Ground.LEGAL_HOLD:
        await commands.erase(tx, call_id, retention, asked=asked, now=now)


def _unconnected(settings: Settings, now: datetime) -> Select[UUID]:
    """Select the calls whose evidence has had its 30 days."""
    over = now - settings.unconnected_kept >= ENDED_AT
    return _kept().where(over, not_(IS_SUSPECTED))


def _suspected(settings: Settings, now: datetime) -> Select[UUID]:
    """Select the calls of suspects whose evidence has had its two years."""
    return _kept().where(now - settings.suspected_kept >= ENDED_AT, IS_SUSPECTED)


def _asked(_: datetime) -> Select[UUID]:
    """Select the calls of customers who are to be forgotten, where no ground keeps them."""
    return _with_key().where(IS_ASKED, GROUND.is_(None))


def _refused(_: datetime) -> Select[UUID]:
    """Select the calls that are kept on another ground than was noted last."""
    kept = GROUND.is_not(None), data_keys.c.kept_because.is_distinct_from(GROUND)
    return _with_key().where(IS_ASKED, *kept)


def _with_key() -> Select[UUID]:
    """Select the calls whose key is there."""
    of_journey = select(calls.c.id).join(journeys, journeys.c.hold_id == calls.c.hold_id)
    with_key = of_journey.join(data_keys, data_keys.c.call_id == calls.c.id)
    return with_key.where(data_keys.c.erased_at.is_(None))


def _kept() -> Select[UUID]:
    """Select the calls whose key is there, of journeys without a connection or a legal hold."""
    return _with_key().where(
        journeys.c.connected_at.is_(None),
        calls.c.status.not_in(LIVE),
        not_(IS_HELD),
    )
