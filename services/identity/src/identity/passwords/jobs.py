"""The job that drops counted guesses out of use."""

from datetime import datetime
from typing import Final

from identity.passwords import commands
from kit.db import Database
from kit.jobs import Jobs

EVERY_SECONDS: Final = 3600.0


jobs = Jobs()


@jobs.every(EVERY_SECONDS)
async def forget_guesses(db: Database, now: datetime) -> int:
    """Drop counts of wrong passwords that no window reaches back to."""
    async with db.transaction() as tx:
        return await commands.drop_old_guesses(tx, now=now)
