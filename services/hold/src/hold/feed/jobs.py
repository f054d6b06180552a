"""The partner feed by the clock: news get their numbers, old events are forgotten."""

from datetime import datetime, timedelta

from feed import journal
from hold.feed import commands
from hold.settings import Settings
from kit.db import Database
from kit.jobs import Jobs


def add_jobs(jobs: Jobs, settings: Settings) -> None:
    """Add the jobs of the feed."""

    @jobs.every(0.5)
    async def number_news(db: Database, _: datetime) -> int:
        return await journal.number_all(db.transaction)

    @jobs.every(600.0)
    async def forget_old_events(db: Database, now: datetime) -> int:
        return await commands.forget(db, before=now - timedelta(days=settings.feed_days))
