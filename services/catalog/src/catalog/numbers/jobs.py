"""Numbers that have rested, put back on sale every second."""

from datetime import datetime
from typing import Final

from catalog.numbers import commands
from kit.db import Database
from kit.jobs import Jobs

jobs: Final = Jobs()


@jobs.every(1.0)
async def offer_rested_numbers(db: Database, now: datetime) -> int:
    """Put a batch of numbers whose rest is over back on sale; return how many."""
    async with db.transaction() as tx:
        return await commands.offer_rested_numbers(tx, now=now)
