"""The job that drops challenges out of use."""

from datetime import datetime
from typing import Final

from identity.challenges import commands
from kit.db import Database
from kit.jobs import Jobs

EVERY_SECONDS: Final = 3600.0


jobs = Jobs()


@jobs.every(EVERY_SECONDS)
async def forget_challenges(db: Database, now: datetime) -> int:
    """Drop challenges that can no longer be answered."""
    async with db.transaction() as tx:
        return await commands.forget(tx, now=now)
