"""`python -m demo.population GATEWAY`: the process that makes the demo's journeys."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
from typing import Final

from demo.actors import Actors
from demo.population.worker import Worker

NICE: Final = 10


def main() -> None:
    """Work for the gateway of the first argument until SIGTERM, behind everything else."""
    os.nice(NICE)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
    logging.getLogger("population").setLevel(logging.INFO)
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(_work(sys.argv[1]))


async def _work(gateway: str) -> None:
    task = asyncio.current_task()
    assert task is not None
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    actors = Actors(gateway)
    try:
        await Worker(actors).run()
    finally:
        await actors.close()


if __name__ == "__main__":
    main()
