"""Copies handed to their gateways as tasks, and given up once they waited too long."""

from datetime import datetime
from functools import partial

from kit import clock
from kit.db import Database
from kit.jobs import Jobs
from kit.tasks import Task, Tasks
from notification.contacts.domain import Channel
from notification.messages import commands
from notification.messages.commands import Notifier
from notification.messages.gateways import KINDS, Gateway, tasks
from notification.settings import Settings


def jobs_for(settings: Settings) -> Jobs:
    """Return the job that closes copies whose address did not come in time."""
    jobs = Jobs()

    @jobs.every(60.0)
    async def stop_waiting(db: Database, now: datetime) -> int:
        created_before = now - settings.waiting_time
        async with db.transaction() as tx:
            return await commands.stop_waiting(tx, created_before=created_before, now=now)

    return jobs


def task_handlers(notifier: Notifier, gateways: dict[Channel, Gateway]) -> Tasks:
    """Return the tasks with handlers that know the gateways."""
    for kind in (*KINDS.values(), "deliver"):  # the last was noted by releases before this
        tasks.handlers[kind] = partial(_deliver, notifier=notifier, gateways=gateways)
    return tasks


async def _deliver(
    task: Task, db: Database, *, notifier: Notifier, gateways: dict[Channel, Gateway]
) -> None:
    await notifier.deliver(task, db, gateways, now=clock.now())
