"""The watch job: what media nodes do, written down every second by one replica."""

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import Final

from kit.db import Database
from kit.jobs import Jobs
from videocall.media import commands
from videocall.media.domain import MediaUnavailable, NothingToSeeYet
from videocall.media.gateways import MediaPlane
from videocall.media.queries import beginning_of, strays

EVERY_SECONDS: Final = 1.0


def add_to(jobs: Jobs, plane: MediaPlane) -> None:
    """Add the job of a process that reaches media nodes."""

    @jobs.every(EVERY_SECONDS)
    async def watch_media(db: Database, now: datetime) -> int:
        """Note how recordings grow, and close on their nodes the calls that are over."""
        async with db.try_advisory_lock("watch_media") as is_ours:
            if is_ours:
                await _watch(db, plane, now)
        return 0


async def _watch(db: Database, plane: MediaPlane, now: datetime) -> None:
    reports = await plane.look()
    async with db.transaction() as tx:
        await commands.note_reports(tx, reports, now=now)
        await commands.close_sessions(tx, now=now)
        left = await strays(tx, reports)
        standby = [call.call for report in reports for call in report.calls if call.standby]
        begun = [(call_id, await beginning_of(tx, call_id)) for call_id in standby]
    # Whoever accepted has said so, too: this is for the call whose word was lost.
    for call_id, where_and_how in begun:
        if where_and_how:
            with suppress(MediaUnavailable, NothingToSeeYet):
                await plane.begin(where_and_how[0], call_id, where_and_how[1])
    ended = await asyncio.gather(*(plane.close(place, call_id) for place, call_id in left))
    async with db.transaction() as tx:
        await commands.note_reports(tx, [report for report in ended if report], now=now)
