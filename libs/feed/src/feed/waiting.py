"""Waiting for a partner's news, without a transaction open."""

import asyncio
import time
from contextlib import suppress
from typing import Final
from uuid import UUID

from events.transport.subscriptions import S, Transaction
from feed.entries import FeedEvent
from feed.journal import read
from feed.wakeups import waiting_for

LOOK_SECONDS: Final = 1.0
"""The longest wait before the list is read again: other processes commit, and wake none here."""


async def wait_for(
    transaction: Transaction[S],
    partner_id: UUID,
    *,
    after: int,
    limit: int,
    seconds: float,
    stop: asyncio.Event,
) -> list[FeedEvent]:
    """Return what follows a number as soon as there is something, or nothing in the end."""
    deadline = time.monotonic() + seconds
    with waiting_for(partner_id) as bell:
        while True:
            bell.clear()
            async with transaction() as tx:
                entries = await read(tx, partner_id, after=after, limit=limit)
            left = deadline - time.monotonic()
            if entries or left <= 0 or stop.is_set():
                return entries
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, LOOK_SECONDS)):
                    await bell.wait()
