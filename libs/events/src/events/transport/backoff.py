"""Backoff: the errors that pass, and the growing delays between attempts."""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Coroutine, Iterator
from contextlib import asynccontextmanager
from typing import Any, Final

import psycopg
from sqlalchemy import exc

from events.facts.base import Retry

TRANSIENT_ERRORS: Final = (
    Retry,
    exc.OperationalError,
    exc.InterfaceError,
    exc.TimeoutError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
    TimeoutError,
)
"""The database or a neighbour is away for a while. Parking would move every event of every key to
the same place, so the lane waits and tries the same again."""

SHORTENED_SECONDS: Final = 3.0


def growing_delays(first: float = 0.2, longest: float = 10.0) -> Iterator[float]:
    """Yield delays in seconds without end, each twice the one before, up to `longest`."""
    delay = first
    while True:
        yield jittered(delay)
        delay = min(longest, delay * 2)


def delay_of_retry(attempts: int) -> float:
    """Return the seconds until a FAILING event is tried again: 1 s at first, an hour at most."""
    return jittered(min(3600.0, 3.0 ** (attempts - 1)))


def delay_of_waiting(attempts: int) -> float:
    """Return the seconds until a WAITING event is tried without a reason: 1 s to a minute."""
    return jittered(min(60.0, 2.0 ** (attempts - 1)))


def jittered(seconds: float) -> float:
    """Vary a delay by a fifth, so that those who failed together do not come back together."""
    return seconds * random.uniform(0.8, 1.2)  # noqa: S311, nobody gains by guessing it


async def sleep(seconds: float) -> None:
    """Wait for some seconds; tests replace it."""
    await asyncio.sleep(seconds)


async def sleep_until(signal: asyncio.Event, seconds: float) -> None:
    """Sleep until a signal is set, and at most for some seconds."""
    await asyncio.wait([waiting := asyncio.ensure_future(signal.wait())], timeout=seconds)
    waiting.cancel()


@asynccontextmanager
async def shortened_by(limit: asyncio.Timeout, stop: asyncio.Event) -> AsyncGenerator[None]:
    """Shorten a time limit to 3 s once the service is to stop: the broker may be away."""

    async def shorten() -> None:
        await stop.wait()
        soon = asyncio.get_running_loop().time() + SHORTENED_SECONDS
        limit.reschedule(min(soon, limit.when() or soon))

    watch = asyncio.create_task(shorten())
    try:
        yield
    finally:
        watch.cancel()


async def start_unless_stopped(start: Awaitable[object], stop: asyncio.Event) -> None:
    """Start a client of the broker; give up 3 s after the service is to stop.

    A broker that has just died lets a client wait for longer than a service has for its end.
    Raises TimeoutError.
    """
    async with asyncio.timeout(None) as limit, shortened_by(limit, stop):
        await start


async def bounded(work: Coroutine[Any, Any, Any], seconds: float) -> BaseException | None:
    """Run a coroutine for at most some seconds; return its exception, or TimeoutError.

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
