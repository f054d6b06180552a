"""Seeing from outside when a relay has nothing left to do."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bench.meter import Moment

THROTTLE_SECONDS: Final = 0.3


class Watched:
    """A relay's way into the database that notes when the relay was last in there.

    The last look, which found nothing, counts as part of the work.
    """

    def __init__(self, begin: Callable[[], AbstractAsyncContextManager[AsyncSession]]) -> None:
        self._begin, self._inside = begin, 0
        self._left = Moment()

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        """Open a transaction of the database."""
        self._inside += 1
        try:
            async with self._begin() as tx:
                yield tx
        finally:
            self._inside -= 1
            self._left = Moment()

    async def rest(self, quiet: float = THROTTLE_SECONDS) -> Moment:
        """Wait until nothing is done any more; return when that began."""
        since = Moment()
        while self._is_busy(since, quiet):  # noqa: ASYNC110, silence is no event
            await asyncio.sleep(quiet / 10)
        return self._left

    def _is_busy(self, since: Moment, quiet: float) -> bool:
        last = max(since.wall, self._left.wall)
        return self._inside > 0 or time.perf_counter() - last < quiet
