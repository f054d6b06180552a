"""Tasks: the calls of mSale that bring a dossier there, decide about it, and fetch its result."""

from typing import Any

from activation.activations.commands import find_by_request
from activation.activations.domain import Activation
from activation.activations.states import Stage
from activation.connections import commands
from activation.msale.gateways import (
    DECIDE,
    SEND,
    SYNC,
    Connection,
    Msale,
    MsaleUnavailable,
    ask_soon,
)
from activation.withdrawals import commands as withdrawals
from kit import clock
from kit.db import Database, Tx
from kit.sealing import Sealer
from kit.tasks import PermanentError, Task, Tasks


class ConnectionTasks:
    """The task handlers of a connection; each calls mSale outside of any transaction."""

    def __init__(self, msale: Msale, sealer: Sealer) -> None:
        self._msale, self._sealer = msale, sealer

    def add_to(self, handlers: Tasks) -> None:
        """Let this service's runner know the handlers."""
        handlers.on(SEND)(self.send)
        handlers.on(DECIDE)(self.decide)
        handlers.on(SYNC)(self.sync)

    async def send(self, task: Task, db: Database) -> None:
        """Put a dossier into mSale's queue (P3.6, P4.1)."""
        async with db.transaction() as tx:
            await _reconsidered(tx, task)
            dossier = await commands.dossier_for_msale(tx, task.ref, sealer=self._sealer)
        connection_id = refusal = None
        try:
            connection_id = dossier and await self._msale.request_connection(task.ref, dossier)
        except PermanentError as error:
            refusal = error.reason_code
        async with db.transaction() as tx:
            now = clock.now()
            if not await task.done(tx, now=now):
                return
            if refusal:
                await commands.turned_away(tx, task.ref, refusal, now=now)
            elif connection_id:
                await commands.queue(tx, task.ref, connection_id, now=now)

    async def decide(self, task: Task, db: Database) -> None:
        """Hand an officer's decision to mSale (P6.1), and ask for the result soon."""
        async with db.transaction() as tx:
            activation = await _reconsidered(tx, task)
        if activation is not None and activation.stage is Stage.CONNECTING:
            assert activation.connection_id
            await self._msale.decide(activation.connection_id, _decision_of(activation))
        async with db.transaction() as tx:
            now = clock.now()
            if await task.done(tx, now=now) and activation is not None:
                await ask_soon(tx, activation, now=now)

    async def sync(self, task: Task, db: Database) -> None:
        """Fetch mSale's result (F5a.12, F5b.11); not there yet is a reason to ask again."""
        async with db.transaction() as tx:
            activation = await find_by_request(tx, task.ref)
        result = None
        if activation is not None and activation.connection_id:
            result = await self._msale.read(activation.connection_id, task.ref)
            if _is_under_way(result) and activation.stage is Stage.CONNECTING:
                raise MsaleUnavailable("the connection is still being made")
        async with db.transaction() as tx:
            now = clock.now()
            if await task.done(tx, now=now) and result:
                await commands.synchronise(tx, task.ref, result, sealer=self._sealer, now=now)


async def _reconsidered(tx: Tx, task: Task) -> Activation | None:
    """Before a step that can still be left undone, see whether the news speaks against it."""
    activation = await find_by_request(tx, task.ref)
    if activation is not None:
        await withdrawals.reconsider(tx, activation, now=clock.now())
    return activation


def _decision_of(activation: Activation) -> dict[str, Any]:
    return {
        "decision": activation.decision,
        "officer_id": str(activation.decided_by),
        "reason_code": activation.reason_code,
        "reason_text": activation.reason_text,
    }


def _is_under_way(result: Connection) -> bool:
    return result.state in ("QUEUED", "CONNECTING")
