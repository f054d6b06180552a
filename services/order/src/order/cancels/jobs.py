"""What the clock triggers: refunds of parcels that do not come back."""

from datetime import datetime

from kit.db import Database
from kit.jobs import Jobs
from order.cancels import commands


def add_to(jobs: Jobs) -> None:
    """Let the clock give money back after 72 hours at the latest (G21)."""

    @jobs.every(5.0)
    async def refund_overdue_returns(db: Database, now: datetime) -> int:
        """Give money back for parcels that are too long on their way back."""
        async with db.transaction() as tx:
            return await commands.refund_overdue_returns(tx, now=now)
