"""A job: refunds of parcels that do not come back."""

from datetime import datetime
from uuid import UUID

from kit.db import Tx
from kit.jobs import Jobs
from order.cancels import commands


def add_to(jobs: Jobs) -> None:
    """Add the job that gives money back after 72 hours at the latest (G21)."""

    @jobs.each_row(5.0, commands.returns_overdue)
    async def refund_overdue_return(tx: Tx, order_id: UUID, now: datetime) -> None:
        """Give money back for a parcel that is too long on its way back."""
        await commands.refund_overdue_return(tx, order_id, now=now)
