"""What the clock triggers: sending what was noted, and forgetting what is of no use any more."""

from datetime import datetime
from functools import partial
from typing import Final

import identity.accounts.commands as accounts
import identity.challenges.commands as challenges
import identity.codes.commands as codes
import identity.guesses.commands as guesses
import identity.sessions.commands as sessions
from identity.codes.gateways import SmsGateway, errands
from kit import clock
from kit.db import Database
from kit.jobs import Jobs
from kit.sealing import Sealer
from kit.tasks import Task, Tasks

MINUTE: Final = 60.0
HOUR: Final = 3600.0

jobs = Jobs()


@jobs.every(MINUTE)
async def forget_codes(db: Database, now: datetime) -> int:
    """Wipe codes nobody can use, sealed or not."""
    async with db.transaction() as tx:
        return await codes.forget(tx, now=now)


@jobs.every(HOUR)
async def forget_the_unfinished(db: Database, now: datetime) -> int:
    """Drop registrations, resets, challenges and sessions that can no longer go on."""
    async with db.transaction() as tx:
        await guesses.forget_old(tx, now=now)
        return (
            await accounts.forget(tx, now=now)
            + await challenges.forget(tx, now=now)
            + await sessions.forget(tx, now=now)
        )


def equip(gateway: SmsGateway, sealer: Sealer) -> Tasks:
    """Give the errands the gateway and the key they need."""
    errands.errands["send-code"] = partial(_send_code, gateway=gateway, sealer=sealer)
    return errands


async def _send_code(task: Task, db: Database, *, gateway: SmsGateway, sealer: Sealer) -> None:
    await codes.send(task, db, gateway=gateway, sealer=sealer, now=clock.now())
