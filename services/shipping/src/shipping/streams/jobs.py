"""Jobs of the streams: counts are folded, and the overdue marked."""

from datetime import datetime

from kit.db import Database
from kit.jobs import Jobs
from shipping.streams import commands


def add_to(jobs: Jobs) -> None:
    """Add the jobs of the streams to those of the service."""

    @jobs.every(5)
    async def fold_counts(db: Database, _: datetime) -> int:
        """Fold the changes of counts, so that a count reads few rows."""
        async with db.transaction() as tx:
            await commands.fold_counts(tx)
        return 0

    @jobs.every(15)
    async def mark_overdue(db: Database, now: datetime) -> int:
        """Mark what has stood in its state for too long."""
        async with db.transaction() as tx:
            return await commands.mark_overdue(tx, now=now)
