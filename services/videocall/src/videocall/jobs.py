"""What the clock triggers. A job has locked the call: nothing else is locked after that."""

from datetime import datetime
from functools import partial
from uuid import UUID

from kit.db import Tx
from kit.jobs import Jobs
from videocall.settings import Settings
from videocall.waiting import commands as waiting


def schedule(settings: Settings, *, since: datetime) -> Jobs:
    """Return the jobs of videocall, for a process that hears callers and agents since a moment."""
    jobs = Jobs()

    @jobs.each_row(1.0, partial(waiting.lost_calls, settings))
    async def abandon_lost_calls(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Free agents whose customers did not come back after the line broke."""
        await waiting.give_up(tx, call_id, now)

    @jobs.each_row(1.0, partial(waiting.silent_calls, settings, since))
    async def abandon_silent_calls(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Take customers out of the queue who are no longer there."""
        await waiting.give_up(tx, call_id, now)

    @jobs.each_row(2.0, partial(waiting.deserted_calls, settings, since))
    async def end_deserted_calls(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Free the customers of agents who vanished."""
        await waiting.end_deserted_call(tx, call_id, settings=settings, now=now)

    @jobs.each_row(10.0, partial(waiting.overtaken_calls, settings))
    async def close_queues(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Tell the customers who still wait at closing time when the team is back."""
        await waiting.end_at_closing(tx, call_id, settings=settings, now=now)

    return jobs
