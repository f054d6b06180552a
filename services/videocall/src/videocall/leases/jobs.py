"""Jobs about what replicas leave behind."""

from datetime import datetime

from kit.db import Database
from kit.jobs import Jobs
from kit.uptime import Uptime
from videocall.changes.commands import forget_old_marks
from videocall.leases.commands import end_lapsed_leases


def add_to(jobs: Jobs, uptime: Uptime) -> None:
    """Add the jobs of a process, which note that it is up."""

    @jobs.every(2.0)
    async def end_leases(db: Database, now: datetime) -> int:
        """End the leases of replicas that were killed."""
        async with db.transaction() as tx:
            await end_lapsed_leases(tx, now=now)
        uptime.note(now)
        return 0

    @jobs.every(3600.0)
    async def forget_marks(db: Database, now: datetime) -> int:
        """Forget the marks of calls that are long over."""
        async with db.transaction() as tx:
            await forget_old_marks(tx, now=now)
        return 0
