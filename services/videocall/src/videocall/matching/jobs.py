"""The sweep: it matches what no change has matched."""

from datetime import datetime
from typing import Final

from sqlalchemy import Select, select

from kit.db import Database
from kit.jobs import Jobs
from videocall.calls.states import Status
from videocall.matching.commands import match
from videocall.overflows.queries import is_due
from videocall.settings import Settings
from videocall.tables import calls, overflow_rules

REGIONS_IN_WAITING: Final = select(calls.c.region).where(calls.c.status == Status.QUEUED).distinct()


def _overflowing(now: datetime) -> Select[str, str]:
    """Select the pairs of regions between which calls overflow just now."""
    abroad = overflow_rules.c.to_region != calls.c.region
    of_rule = select(calls.c.region, overflow_rules.c.to_region).where(is_due(now), abroad)
    return of_rule.where(calls.c.status == Status.QUEUED).distinct()


def add_to(jobs: Jobs, settings: Settings) -> None:
    """Add the sweep, for a process of this service."""

    @jobs.every(1.0)
    async def match_what_is_left(db: Database, now: datetime) -> int:
        """Match calls and agents that no change has matched: overflow, and facts of others.

        One replica does so at a time.
        """
        offered = 0
        async with db.try_advisory_lock("match", "sweep") as is_ours:
            if not is_ours:
                return 0
            async with db.transaction() as tx:
                regions = (await tx.scalars(REGIONS_IN_WAITING)).all()
                overflowing = await tx.execute(_overflowing(now))
            # First everybody's own calls; then those that have waited, for agents who are left.
            for together in (*((region,) for region in regions), *map(tuple, overflowing)):
                async with db.transaction() as tx:
                    offered += len(await match(tx, together, settings=settings, now=now))
        return offered
