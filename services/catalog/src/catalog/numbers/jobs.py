"""What the clock triggers in the catalog."""

from datetime import datetime

from catalog.numbers import commands
from kit.db import Database
from kit.jobs import Jobs


def our_jobs() -> Jobs:
    """Return the jobs."""
    jobs = Jobs()

    @jobs.every(1.0)
    async def offer_rested_numbers(db: Database, now: datetime) -> int:
        async with db.transaction() as tx:
            return await commands.offer_rested_numbers(tx, now=now)

    return jobs
