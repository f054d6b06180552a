"""The clocks of holds that run out or remind, looked at every few seconds."""

from datetime import datetime, timedelta
from uuid import UUID

from hold.clocks import commands
from hold.settings import Settings
from kit.db import Tx
from kit.jobs import Jobs


def add_jobs(jobs: Jobs, settings: Settings) -> None:
    """Add the jobs of clocks; a row that fails becomes a task of the job's name."""
    reminder = timedelta(hours=settings.reminder_hours)
    late_news = timedelta(minutes=settings.late_news_minutes)

    @jobs.each_row(1.0, commands.unpaid_too_long)
    async def expire_due_hold(tx: Tx, hold_id: UUID, now: datetime) -> None:
        await commands.expire(tx, hold_id, now)

    @jobs.each_row(5.0, commands.kept_too_long)
    async def release_kept_number(tx: Tx, hold_id: UUID, now: datetime) -> None:
        await commands.free(tx, hold_id, now)

    @jobs.each_row(5.0, lambda now: commands.ending_soon(now, reminder))
    async def remind_of_end(tx: Tx, hold_id: UUID, now: datetime) -> None:
        await commands.remind(tx, hold_id, now)

    @jobs.each_row(5.0, lambda now: commands.run_out(now, late_news))
    async def end_confirmed_hold(tx: Tx, hold_id: UUID, now: datetime) -> None:
        await commands.end(tx, hold_id, now)
