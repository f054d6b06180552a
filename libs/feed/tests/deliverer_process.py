"""One deliverer of the proof: `python -m libs.feed.tests.deliverer_process URL KEYS`."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from feed import journal
from feed.deliverer import Deliverer, Terms
from feed.outside import Caller
from kit import clock
from kit.sealing import Sealer

AT_ONCE: Final = 3
TERMS: Final = Terms(lease=timedelta(seconds=2), first_rest=0.1, longest_rest=0.5)


async def work(do: Callable[[], Awaitable[int]]) -> None:
    """Do it again and again, until somebody puts an end to it."""
    while True:
        if not await do():
            await asyncio.sleep(0.1)


async def deliver(url: str, keys: Path) -> None:
    """Give numbers and deliver."""
    engine = create_async_engine(url, pool_size=AT_ONCE + 1)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    caller = Caller(seconds=1.5, private=True)
    deliverer = Deliverer(sessions.begin, Sealer(keys, "hold"), caller, TERMS)
    print("delivering", flush=True)  # noqa: T201, the proof waits for this word
    await asyncio.gather(
        work(lambda: journal.number_all(sessions.begin)),
        *(work(lambda: deliverer.deliver_some(now=clock.now())) for _ in range(AT_ONCE)),
    )


if __name__ == "__main__":
    asyncio.run(deliver(sys.argv[1], Path(sys.argv[2])))
