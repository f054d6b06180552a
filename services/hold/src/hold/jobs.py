"""What the clock triggers in the hold service."""

from datetime import datetime
from uuid import UUID

from hold.claims import commands as claims
from hold.clocks import commands as clocks
from hold.settings import Settings
from hold.webhooks.gateways import Courier
from hold.webhooks.jobs import add_jobs
from kit.db import Database, Tx
from kit.jobs import Jobs


def jobs_for(settings: Settings, courier: Courier) -> Jobs:
    """Return the jobs, with the times this installation was given."""
    jobs = Jobs()

    @jobs.each_row(1.0, clocks.unpaid_too_long)
    async def expire_due_hold(tx: Tx, hold_id: UUID, now: datetime) -> None:
        await clocks.expire(tx, hold_id, now)

    @jobs.each_row(5.0, clocks.kept_too_long)
    async def release_kept_number(tx: Tx, hold_id: UUID, now: datetime) -> None:
        await clocks.free(tx, hold_id, now)

    @jobs.each_row(5.0, lambda now: clocks.ending_soon(now, settings.reminder))
    async def remind_of_end(tx: Tx, hold_id: UUID, now: datetime) -> None:
        await clocks.remind(tx, hold_id, now)

    @jobs.each_row(5.0, lambda now: clocks.run_out(now, settings.late_news))
    async def end_confirmed_hold(tx: Tx, hold_id: UUID, now: datetime) -> None:
        await clocks.end(tx, hold_id, now)

    @jobs.every(60.0)
    async def forget_attempts(db: Database, now: datetime) -> int:
        async with db.transaction() as tx:
            return await claims.forget_attempts(tx, before=now - settings.attempts_window)

    add_jobs(jobs, courier, keep=settings.feed_age)
    return jobs
