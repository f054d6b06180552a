"""Tasks: fetching a new eSIM code."""

from functools import partial

from activation.activations.commands import find_by_request
from activation.activations.states import WAITS_FOR_PHONE
from activation.esims import commands
from activation.msale.gateways import REISSUE, Msale
from kit import clock
from kit.db import Database
from kit.sealing import Sealer
from kit.tasks import Task, Tasks


def add_task_handlers(handlers: Tasks, msale: Msale, sealer: Sealer) -> None:
    """Let this service's runner know the handler."""
    handlers.on(REISSUE)(partial(reissue, msale=msale, sealer=sealer))


async def reissue(task: Task, db: Database, *, msale: Msale, sealer: Sealer) -> None:
    """Fetch a new eSIM code (G29)."""
    async with db.transaction() as tx:
        activation = await find_by_request(tx, task.ref)
    code, was_asked = None, False
    # An eSIM that has been installed meanwhile would be cut off by a new code.
    waits = activation is not None and activation.stage in WAITS_FOR_PHONE
    if activation is not None and activation.connection_id and waits:
        was_asked = True
        code = await msale.reissue(activation.connection_id, task.id)
    async with db.transaction() as tx:
        now = clock.now()
        if await task.done(tx, now=now) and was_asked:
            activation = await find_by_request(tx, task.ref)
            assert activation is not None
            await commands.reissued(tx, activation, code, sealer=sealer, now=now)
