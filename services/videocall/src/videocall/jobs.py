"""What the clock triggers."""

from datetime import datetime

from kit.db import Database
from kit.jobs import Jobs
from videocall.calls import commands as calls
from videocall.settings import Settings


def schedule(settings: Settings) -> Jobs:
    """Return the jobs of videocall."""
    jobs = Jobs()

    @jobs.every(1.0)
    async def abandon_lost_calls(db: Database, now: datetime) -> int:
        """Free agents whose customers did not come back after the line broke."""
        async with db.transaction() as tx:
            return await calls.abandon_lost_calls(tx, settings=settings, now=now)

    return jobs
