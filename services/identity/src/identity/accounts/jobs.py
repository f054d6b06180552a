"""The job that drops registrations out of use."""

from datetime import datetime
from typing import Final

from identity.accounts import commands
from kit.db import Database
from kit.jobs import Jobs

EVERY_SECONDS: Final = 3600.0


jobs = Jobs()


@jobs.every(EVERY_SECONDS)
async def forget_registrations(db: Database, now: datetime) -> int:
    """Drop registrations that can no longer be finished."""
    async with db.transaction() as tx:
        return await commands.forget(tx, now=now)
