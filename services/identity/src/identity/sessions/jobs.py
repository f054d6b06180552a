"""The job that drops sessions out of use."""

from datetime import datetime
from typing import Final

from identity.sessions import commands
from kit.db import Database
from kit.jobs import Jobs

EVERY_SECONDS: Final = 3600.0


jobs = Jobs()


@jobs.every(EVERY_SECONDS)
async def forget_sessions(db: Database, now: datetime) -> int:
    """Drop refresh tokens out of use, and sessions left without any."""
    async with db.transaction() as tx:
        return await commands.forget(tx, now=now)
