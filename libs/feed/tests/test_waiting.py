"""Partners who wait are answered at once, or in the end."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from libs.feed.tests.news_for_tests import Sessions, news, tell
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from feed import wakeups
from feed.entries import FeedEvent
from feed.tables import news as waiting_news
from feed.waiting import LOOK_SECONDS, wait_for


async def _waits(
    sessions: Sessions, partner: UUID, seconds: float = 20, stop: asyncio.Event | None = None
) -> tuple[list[FeedEvent], float]:
    begun = time.monotonic()
    stop = stop or asyncio.Event()
    events = await wait_for(sessions.begin, partner, after=0, limit=10, seconds=seconds, stop=stop)
    return events, time.monotonic() - begun


async def test_a_commit_here_wakes_who_waits(sessions: Sessions, partner: UUID) -> None:
    looked = asyncio.Event()

    @asynccontextmanager
    async def looks() -> AsyncIterator[AsyncSession]:
        async with sessions.begin() as tx:
            yield tx
        looked.set()

    never = asyncio.Event()
    waiting = asyncio.create_task(
        wait_for(looks, partner, after=0, limit=10, seconds=20, stop=never)
    )
    await looked.wait()
    begun = time.monotonic()
    await tell(sessions, news(partner))

    [event] = await waiting

    assert event.sequence == 1
    assert time.monotonic() - begun < LOOK_SECONDS / 2


async def test_a_commit_elsewhere_is_seen_a_moment_later(sessions: Sessions, partner: UUID) -> None:
    waiting = asyncio.create_task(_waits(sessions, partner))
    await asyncio.sleep(0)
    async with sessions.begin() as tx:  # without a bell, as if another process did it
        await tx.execute(insert(waiting_news).values(**vars(news(partner))))

    events, took = await waiting

    assert len(events) == 1
    assert took < 3 * LOOK_SECONDS


async def test_nothing_comes_when_nothing_happens(sessions: Sessions, partner: UUID) -> None:
    events, took = await _waits(sessions, partner, seconds=0.3)

    assert events == []
    assert 0.3 <= took < 0.3 + LOOK_SECONDS


async def test_a_process_that_stops_does_not_wait(sessions: Sessions, partner: UUID) -> None:
    stop = asyncio.Event()
    waiting = asyncio.create_task(_waits(sessions, partner, stop=stop))
    await asyncio.sleep(0)
    stop.set()

    events, took = await waiting

    assert events == []
    assert took < 2 * LOOK_SECONDS


async def test_who_goes_away_leaves_no_bell_behind(sessions: Sessions, partner: UUID) -> None:
    hung_up = wakeups._bells  # noqa: SLF001, nobody else needs to look there
    waiting = asyncio.create_task(_waits(sessions, partner))
    await asyncio.sleep(0)
    assert partner in hung_up

    waiting.cancel()
    await asyncio.wait([waiting])

    assert partner not in hung_up
