"""What the clock triggers: sending what was noted, and giving up what waited too long."""

from datetime import datetime
from functools import partial

from kit import clock
from kit.db import Database
from kit.jobs import Jobs
from kit.tasks import Task, Tasks
from notification.messages import commands
from notification.messages.commands import Desk
from notification.messages.domain import Channel
from notification.messages.gateways import ERRANDS, Gateway, errands
from notification.settings import Settings


def timetable(rules: Settings) -> Jobs:
    """Say what is done how often."""
    jobs = Jobs()

    @jobs.every(60.0)
    async def stop_waiting(db: Database, now: datetime) -> int:
        async with db.transaction() as tx:
            return await commands.stop_waiting(tx, created_before=now - rules.waiting_time, now=now)

    return jobs


def equip(desk: Desk, ways: dict[Channel, Gateway]) -> Tasks:
    """Give the errands the gateways they need."""
    for kind in (*ERRANDS.values(), "deliver"):  # the last was noted by releases before this
        errands.handlers[kind] = partial(_deliver, desk=desk, ways=ways)
    return errands


async def _deliver(task: Task, db: Database, *, desk: Desk, ways: dict[Channel, Gateway]) -> None:
    await desk.deliver(task, db, ways, now=clock.now())
