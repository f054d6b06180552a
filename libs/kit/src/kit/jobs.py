"""What the clock triggers, on every replica at once: each job takes its rows with SKIP LOCKED."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from kit import clock

if TYPE_CHECKING:
    from kit.db import Database

log = structlog.get_logger()

Work = Callable[["Database", datetime], Awaitable[int]]
"""Does one batch of what is due at a moment and returns how much it did."""


@dataclass(frozen=True)
class Job:
    """Something to do again and again."""

    name: str
    every_seconds: float
    work: Work

    async def run(self, db: "Database") -> None:
        """Work until cancelled; without a pause while there is work, and through any trouble."""
        while True:
            try:
                did = await self.work(db, clock.now())
            except Exception as error:  # noqa: BLE001, a job must outlive a bad minute
                log.error("job_failed", job=self.name, because=type(error).__name__)  # noqa: TRY400
                did = 0
            if not did:
                await asyncio.sleep(self.every_seconds)


@dataclass
class Jobs:
    """The jobs of one service."""

    all: list[Job] = field(default_factory=list)

    def every(self, seconds: float) -> Callable[[Work], Work]:
        """Run the decorated function every so many seconds, or at once again while it has work."""

        def register(work: Work) -> Work:
            self.all.append(Job(getattr(work, "__name__", "job"), seconds, work))
            return work

        return register
