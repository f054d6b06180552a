"""Clock: the deadline of an activation (G39)."""

from datetime import datetime
from uuid import UUID

from activation.dossiers import commands
from activation.settings import Settings
from kit.db import Tx
from kit.jobs import Jobs


def add_jobs(jobs: Jobs, settings: Settings) -> None:
    """Add the jobs that remind of the deadline and keep it."""
    allowed = settings.deadline

    @jobs.each_row(30, lambda now: commands.late(now - allowed))
    async def give_up_late_activations(tx: Tx, activation_id: UUID, now: datetime) -> None:
        """Expire an activation that nobody finished in time (G39)."""
        await commands.expire(tx, activation_id, now=now)

    @jobs.each_row(30, lambda now: commands.untold(now - allowed + settings.remind_before))
    async def remind_of_the_deadline(tx: Tx, activation_id: UUID, now: datetime) -> None:
        """Remind a customer who soon cannot activate any more (G39)."""
        await commands.remind(tx, activation_id, allowed=allowed, now=now)
