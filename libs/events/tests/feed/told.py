"""What a partner is told in these tests."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events.feed import journal
from events.feed.entries import FeedEvent, News
from events.feed.journal import note
from events.ids import uuid7
from kit import clock

Sessions = async_sessionmaker[AsyncSession]


def news(partner_id: UUID, event_id: UUID | None = None, **data: Any) -> News:
    return News(partner_id, event_id or uuid7(), "HoldConfirmed", clock.now(), data)


async def tell(sessions: Sessions, *told: News) -> None:
    async with sessions.begin() as tx:
        await note(tx, *told)


async def tell_many(sessions: Sessions, partner_id: UUID, count: int) -> None:
    await tell(sessions, *(news(partner_id, n=n) for n in range(1, count + 1)))


async def listed(sessions: Sessions, partner_id: UUID, after: int = 0) -> list[FeedEvent]:
    async with sessions.begin() as tx:
        return await journal.read(tx, partner_id, after=after, limit=1_000)


async def numbers(sessions: Sessions, partner_id: UUID, after: int = 0) -> list[int]:
    return [event.sequence for event in await listed(sessions, partner_id, after)]
