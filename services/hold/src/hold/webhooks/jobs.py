"""Numbering, delivering and forgetting, again and again."""

from datetime import datetime, timedelta
from typing import Final

from feed import journal
from hold.feed import commands
from hold.webhooks.gateways import Courier
from kit.db import Database
from kit.jobs import Jobs

COURIERS: Final = 8
"""So many endpoints of this process are called at once: a slow one must not keep all waiting."""


def add_jobs(jobs: Jobs, courier: Courier, *, keep: timedelta) -> None:
    """Add what the feed does by the clock."""

    @jobs.every(0.5)
    async def number_news(db: Database, _: datetime) -> int:
        return await journal.number_all(db.transaction)

    async def push_to_webhooks(_: Database, now: datetime) -> int:
        return await courier.deliverer.deliver_some(now=now)

    for _ in range(COURIERS):
        jobs.every(1.0)(push_to_webhooks)

    @jobs.every(600.0)
    async def forget_old_events(db: Database, now: datetime) -> int:
        return await commands.forget(db, before=now - keep)
