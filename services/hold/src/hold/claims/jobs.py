"""Attempts that no longer count, forgotten every minute."""

from datetime import datetime

from hold.claims import commands
from hold.settings import Settings
from kit.db import Database
from kit.jobs import Jobs


def add_jobs(jobs: Jobs, settings: Settings) -> None:
    """Add the job of claims."""

    @jobs.every(60.0)
    async def forget_attempts(db: Database, now: datetime) -> int:
        async with db.transaction() as tx:
            return await commands.forget_attempts(tx, before=now - settings.attempts_window)
