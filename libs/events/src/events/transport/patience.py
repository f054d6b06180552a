"""How long to wait before trying again, and what is worth waiting for."""

import asyncio
import random
from collections.abc import AsyncGenerator, Coroutine, Iterator
from contextlib import asynccontextmanager
from typing import Any, Final

import psycopg
from sqlalchemy import exc

from events.facts.base import Retry

CLOUDS: Final = (
    Retry,
    exc.OperationalError,
    exc.InterfaceError,
    exc.TimeoutError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
    TimeoutError,
)
"""Clouds, not walls: the database or a neighbour is away. Parking would only move every event of
every key to the same place, so whoever meets one waits."""

HURRY_SECONDS: Final = 3.0


def pauses(first: float = 0.2, longest: float = 10.0) -> Iterator[float]:
    """Give longer and longer pauses, in seconds, without end."""
    pause = first
    while True:
        yield jittered(pause)
        pause = min(longest, pause * 2)


def until_retry(attempts: int) -> float:
    """Say how many seconds a failed event rests: 1 s at first, an hour at most."""
    return jittered(min(3600.0, 3.0 ** (attempts - 1)))


def until_its_turn(attempts: int) -> float:
    """Say how many seconds an event that came too early rests, if its journey stands still."""
    return jittered(min(60.0, 2.0 ** (attempts - 1)))


def jittered(seconds: float) -> float:
    """Keep those who failed together from coming back together."""
    return seconds * random.uniform(0.8, 1.2)  # noqa: S311, nobody gains by guessing it


async def sleep(seconds: float) -> None:
    """Wait."""
    await asyncio.sleep(seconds)


async def sleep_unless(signal: asyncio.Event, seconds: float) -> None:
    """Sleep, but get up at the signal."""
    await asyncio.wait([waiting := asyncio.ensure_future(signal.wait())], timeout=seconds)
    waiting.cancel()


@asynccontextmanager
async def in_a_hurry(limit: asyncio.Timeout, stop: asyncio.Event) -> AsyncGenerator[None]:
    """Let what is begun take less time when the service is to stop: the broker may be away."""

    async def shorten() -> None:
        await stop.wait()
        soon = asyncio.get_running_loop().time() + HURRY_SECONDS
        limit.reschedule(min(soon, limit.when() or soon))

    watch = asyncio.create_task(shorten())
    try:
        yield
    finally:
        watch.cancel()


async def bounded(work: Coroutine[Any, Any, Any], seconds: float) -> BaseException | None:
    """Do something that may never end, for so long; return what went wrong.

    aiokafka's `commit` and `stop` wait for a broker without a bound, and its consumer's `stop` may
    raise the CancelledError of a task of its own, which must not be taken for ours.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait([task], timeout=seconds)
    finally:
        task.cancel()
    if not task.done():
        return TimeoutError()
    return asyncio.CancelledError() if task.cancelled() else task.exception()
