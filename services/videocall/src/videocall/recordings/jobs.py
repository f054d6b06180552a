"""The job that adds ended parts of recordings to the chain of their calls' events."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from kit.db import Tx
from kit.jobs import Jobs
from videocall.recordings import commands
from videocall.recordings.commands import UNCHAINED
from videocall.tables import calls, recording_parts


def add_to(jobs: Jobs) -> None:
    """Add the job of a process."""

    @jobs.each_row(1.0, _with_ended_parts)
    async def chain_ended_parts(tx: Tx, call_id: UUID, now: datetime) -> None:
        """Add the parts that have ended, with the heads of their blocks."""
        await commands.note_ends(tx, call_id, now=now)


def _with_ended_parts(_: datetime) -> Select[UUID]:
    """Select the calls with parts whose end is not in the chain yet."""
    unchained = select(recording_parts.c.call_id).where(UNCHAINED)
    return select(calls.c.id).where(calls.c.id.in_(unchained))
