"""Waiting for the work of other tasks and processes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

V = TypeVar("V")


async def until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until a condition holds; TimeoutError after some seconds."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110, what is waited for has no event of its own
            await asyncio.sleep(0.01)


async def eventually(
    look: Callable[[], Awaitable[V]], fits: Callable[[V], bool], seconds: float = 20
) -> V:
    """Call `look` until its result fits, and return it; fail with the last result."""
    try:
        async with asyncio.timeout(seconds):
            while not fits(seen := await look()):  # noqa: ASYNC110, as above
                await asyncio.sleep(0.02)
            return seen
    except TimeoutError:
        raise AssertionError(f"After {seconds} s there is still {await look()}") from None
