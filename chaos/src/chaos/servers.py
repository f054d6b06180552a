"""A PostgreSQL and an Apache Kafka of the run's own, so that they may be killed."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from events.transport import topics
from stack import kafka, postgres

PARTITIONS: Final = 6
RECOVERY_SECONDS: Final = 30.0


class Servers:
    """The two servers of a run. PostgreSQL waits for its disk: commits must survive a kill."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._database = postgres.start(home, durable=True)
        try:
            self._broker = kafka.start(home)
        except BaseException:
            self._database.stop()
            raise
        self.database_url, self.kafka = self._database.url, self._broker.bootstrap

    async def prepare(self, names: Sequence[str]) -> None:
        """Create the topics of a run."""
        await topics.ensure(self.kafka, names, partitions=PARTITIONS)

    async def kill_broker(self) -> None:
        """Kill the broker and start it again."""
        self._broker.process.kill()
        self._broker.process.wait()
        self._broker = await asyncio.to_thread(kafka.start, self._home)

    async def kill_database(self) -> None:
        """Kill the postmaster and start it again."""
        self._database.process.kill()
        self._database.process.wait()
        self._database = await asyncio.to_thread(self._recover)

    def _recover(self) -> postgres.Server:
        deadline = time.monotonic() + RECOVERY_SECONDS
        while True:
            try:
                return postgres.start(self._home, durable=True)
            except RuntimeError:  # backends of the killed one still hold its shared memory
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def stop(self) -> None:
        """Stop both."""
        self._broker.stop()
        self._database.stop()
