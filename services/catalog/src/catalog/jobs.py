"""What the clock triggers in the catalog."""

from datetime import datetime

from catalog import commands
from catalog.settings import Settings
from kit.db import Database
from kit.jobs import Jobs


def jobs_for(settings: Settings) -> Jobs:
    """Return the jobs, with the times this installation was given."""
    jobs = Jobs()

    @jobs.every(1.0)
    async def offer_rested_numbers(db: Database, now: datetime) -> int:
        async with db.transaction() as tx:
            return await commands.offer_rested_numbers(
                tx, now=now, rest=settings.quarantine, rest_of_top=settings.quarantine_top
            )

    return jobs
