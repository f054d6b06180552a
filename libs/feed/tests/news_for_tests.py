"""News for partners in these tests, and what is kept of them."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events.ids import uuid7
from feed import endpoints, journal
from feed.deliverer import Terms
from feed.endpoints import Webhook
from feed.entries import FeedEvent, News
from feed.journal import note
from feed.testing import Receiver
from kit import clock

Sessions = async_sessionmaker[AsyncSession]
TERMS: Final = Terms(lease=timedelta(seconds=30), give_up_after=timedelta(days=5), first_rest=10)


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


async def tell_numbered(sessions: Sessions, partner_id: UUID, count: int) -> None:
    await tell_many(sessions, partner_id, count)
    await journal.number_all(sessions.begin)


async def as_it_is(sessions: Sessions, webhook: Webhook) -> Webhook:
    async with sessions.begin() as tx:
        stored = await endpoints.find(tx, webhook.partner_id, webhook.id)
    assert stored
    return stored


def numbers_at(receiver: Receiver) -> list[int]:
    return [FeedEvent.model_validate_json(one.body).sequence for one in receiver.received]
