"""Tasks: asking mSale for a dossier back."""

from functools import partial

from activation.activations.commands import find_by_request
from activation.activations.states import Stage
from activation.msale.gateways import WITHDRAW, Msale
from activation.withdrawals import commands
from kit import clock
from kit.db import Database
from kit.tasks import Task, Tasks


def add_task_handlers(handlers: Tasks, msale: Msale) -> None:
    """Let this service's runner know the handler."""
    handlers.on(WITHDRAW)(partial(withdraw, msale=msale))


async def withdraw(task: Task, db: Database, *, msale: Msale) -> None:
    """Ask mSale for a dossier back whose ground is gone (G18, decision 0024)."""
    async with db.transaction() as tx:
        activation = await find_by_request(tx, task.ref)
    answer = None
    if activation is not None and activation.stage is Stage.WITHDRAWING:
        answer = await msale.withdraw(task.ref)
    async with db.transaction() as tx:
        now = clock.now()
        if await task.done(tx, now=now) and answer:
            await commands.answered(tx, task.ref, answer, now=now)
