"""Jobs and the task handler of one-time codes: sending them, and wiping those out of use."""

from datetime import datetime
from functools import partial
from typing import Final

from identity.codes import commands
from identity.codes.gateways import SmsGateway, tasks
from kit import clock
from kit.db import Database
from kit.jobs import Jobs
from kit.sealing import Sealer
from kit.tasks import Task, Tasks

EVERY_SECONDS: Final = 60.0


jobs = Jobs()


@jobs.every(EVERY_SECONDS)
async def forget_codes(db: Database, now: datetime) -> int:
    """Wipe codes that are out of use, sealed or not."""
    async with db.transaction() as tx:
        return await commands.forget(tx, now=now)


def equip(gateway: SmsGateway, sealer: Sealer) -> Tasks:
    """Give the task handler its gateway and its key."""
    tasks.handlers["send-code"] = partial(_send_code, gateway=gateway, sealer=sealer)
    return tasks


async def _send_code(task: Task, db: Database, *, gateway: SmsGateway, sealer: Sealer) -> None:
    await commands.send(task, db, gateway=gateway, sealer=sealer, now=clock.now())
