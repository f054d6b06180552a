"""The job that makes the root of each day after it."""

from datetime import datetime
from typing import Final

from kit.db import Database
from kit.jobs import Jobs
from videocall.roots import commands

EVERY_SECONDS: Final = 60.0


def add_to(jobs: Jobs) -> None:
    """Add the job of a process."""

    @jobs.every(EVERY_SECONDS)
    async def seal_day(db: Database, now: datetime) -> int:
        """Make the root of the oldest day that has none, by one replica."""
        async with db.try_advisory_lock("seal_day") as is_ours:
            if not is_ours:
                return 0
            async with db.transaction() as tx:
                return int(await commands.seal_next_day(tx, now=now))
