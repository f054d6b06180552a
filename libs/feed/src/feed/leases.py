"""Leases of endpoints: one process delivers at a time, for as long as its lease runs.

A lease is a row, not a database lock: nothing is held open while the receiver answers. It is
measured by the clock of the database, the only one that all processes share. Whoever was away for
longer than the lease finds another's name there, and what it did no longer counts.
"""

from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import structlog
from sqlalchemy import CursorResult, Update, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from events.ids import uuid7
from feed import endpoints, journal
from feed.endpoints import COLUMNS, Because, State, Webhook, webhook_of
from feed.entries import FeedEvent, News
from feed.outside import Answer
from feed.tables import deliveries, feeds, webhooks

log = structlog.get_logger()


async def claim(
    session: AsyncSession, lease: UUID, length: timedelta, *, at_once: int, now: datetime
) -> Webhook | None:
    """Take the endpoint that has been due longest, and send it to the end of the line.

    A partner with `at_once` endpoints that are being called waits with its others.
    """
    free = or_(webhooks.c.leased_until.is_(None), webhooks.c.leased_until < func.clock_timestamp())
    called = webhooks.alias()
    in_hand = (
        select(func.count())
        .where(called.c.partner_id == webhooks.c.partner_id)
        .where(called.c.leased_until >= func.clock_timestamp())
        .correlate(webhooks)
        .scalar_subquery()
    )
    due = (
        select(webhooks.c.id)
        .join(feeds, feeds.c.partner_id == webhooks.c.partner_id)
        .where(webhooks.c.state == State.ACTIVE, webhooks.c.next_try_at <= now, free)
        .where(webhooks.c.cursor < feeds.c.sequence, in_hand < at_once)
        .order_by(webhooks.c.next_try_at)
        .limit(1)
        .with_for_update(of=webhooks, skip_locked=True)
    )
    taken = update(webhooks).where(webhooks.c.id == due.scalar_subquery())
    row = (
        await session.execute(
            taken.values(
                lease=lease, leased_until=func.clock_timestamp() + length, next_try_at=now
            ).returning(*COLUMNS)
        )
    ).one_or_none()
    return webhook_of(row) if row else None


async def taken(
    session: AsyncSession,
    webhook: Webhook,
    lease: UUID,
    length: timedelta,
    event: FeedEvent,
    *,
    before: int,
) -> bool:
    """Move the cursor past an event; false if the lease or the cursor is not ours any more."""
    ours = _held(webhook, lease).where(webhooks.c.cursor == before)
    moved = await session.execute(
        ours.values(
            cursor=event.sequence,
            failures=0,
            failing_since=None,
            leased_until=func.clock_timestamp() + length,
        )
    )
    return cast("CursorResult[Any]", moved).rowcount == 1


async def failed(
    session: AsyncSession, webhook: Webhook, lease: UUID, *, rest: timedelta, now: datetime
) -> datetime | None:
    """Let an endpoint rest and return since when it has failed; nothing if it is not ours."""
    since = func.coalesce(webhooks.c.failing_since, now)
    result = await session.execute(
        _held(webhook, lease)
        .values(failures=webhooks.c.failures + 1, failing_since=since, next_try_at=now + rest)
        .returning(webhooks.c.failing_since)
    )
    until: datetime | None = result.scalar_one_or_none()
    return until


async def give_back(session: AsyncSession, webhook: Webhook, lease: UUID) -> None:
    """Let others deliver."""
    ours = update(webhooks).where(webhooks.c.id == webhook.id, webhooks.c.lease == lease)
    await session.execute(ours.values(lease=None, leased_until=None))


async def end(session: AsyncSession, webhook: Webhook, because: Because, *, now: datetime) -> None:
    """Disable an endpoint, and say so in the partner's list: the other ways still work."""
    await endpoints.disable(session, webhook.id, because, now=now)
    log.warning("webhook_disabled", webhook_id=str(webhook.id), because=because)
    told = {"webhook_id": str(webhook.id), "because": because}
    await journal.note(session, News(webhook.partner_id, uuid7(), "WebhookDisabled", now, told))


async def record(
    session: AsyncSession, webhook: Webhook, event: FeedEvent, answer: Answer, took_ms: int
) -> None:
    """Remember an attempt, for the partner to look at."""
    await session.execute(
        insert(deliveries).values(
            webhook_id=webhook.id,
            sequence=event.sequence,
            event_id=event.event_id,
            at=func.now(),
            status=answer.status,
            error=answer.error,
            took_ms=took_ms,
        )
    )


async def forget(session: AsyncSession, *, before: datetime, batch: int = 1000) -> int:
    """Forget old attempts."""
    old = select(deliveries.c.id).where(deliveries.c.at < before).limit(batch)
    gone = delete(deliveries).where(deliveries.c.id.in_(old)).returning(deliveries.c.id)
    return len((await session.scalars(gone)).all())


def _held(webhook: Webhook, lease: UUID) -> Update:
    """Change the endpoint, unless another process delivers or its partner has changed it."""
    return update(webhooks).where(
        webhooks.c.id == webhook.id,
        webhooks.c.lease == lease,
        webhooks.c.state == State.ACTIVE,
        webhooks.c.url == webhook.url,
    )
