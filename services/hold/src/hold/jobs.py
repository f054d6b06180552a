"""What the clock triggers in the hold service."""

from datetime import datetime

from hold import commands
from hold.claims import commands as claims
from hold.settings import Settings
from hold.webhooks.gateways import Courier
from hold.webhooks.jobs import add_jobs
from kit.db import Database
from kit.jobs import Jobs


def jobs_for(settings: Settings, courier: Courier) -> Jobs:
    """Return the jobs, with the times this installation was given."""
    jobs = Jobs()

    @jobs.every(1.0)
    async def expire_due_holds(db: Database, now: datetime) -> int:
        async with db.transaction() as tx:
            return await commands.expire_due_holds(tx, now=now)

    @jobs.every(5.0)
    async def release_kept_numbers(db: Database, now: datetime) -> int:
        async with db.transaction() as tx:
            return await commands.release_kept_numbers(tx, now=now)

    @jobs.every(60.0)
    async def forget_attempts(db: Database, now: datetime) -> int:
        async with db.transaction() as tx:
            return await claims.forget_attempts(tx, before=now - settings.attempts_window)

    add_jobs(jobs, courier, keep=settings.feed_age)
    return jobs
