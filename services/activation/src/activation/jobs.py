"""What the clock triggers, and the errands that go to mSale after a commit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from activation.connections import commands as connections
from activation.domain import Activation
from activation.dossiers import commands as dossiers
from activation.esims import commands as esims
from activation.gateways import (
    DECIDE,
    REISSUE,
    SEND,
    SYNC,
    WITHDRAW,
    Msale,
    MsaleUnavailable,
    tasks,
)
from activation.settings import Settings
from activation.stages import WAITS_FOR_PHONE, Stage
from activation.withdrawals import commands as withdrawals
from kit import clock
from kit.db import Database, Tx
from kit.jobs import Jobs
from kit.sealing import Sealer
from kit.tasks import PermanentError, Task, Tasks


def scheduled(settings: Settings) -> Jobs:
    """Say what is done by the clock."""
    jobs, allowed = Jobs(), settings.deadline

    @jobs.each_row(30, lambda now: dossiers.late(now - allowed))
    async def give_up_late_activations(tx: Tx, activation_id: UUID, now: datetime) -> None:
        """Expire what nobody activated in time (G39)."""
        await dossiers.expire(tx, activation_id, now=now)

    @jobs.each_row(30, lambda now: dossiers.untold(now - allowed + settings.remind_before))
    async def remind_of_the_deadline(tx: Tx, activation_id: UUID, now: datetime) -> None:
        """Remind whoever has not activated and soon cannot any more (G39)."""
        await dossiers.remind(tx, activation_id, allowed=allowed, now=now)

    return jobs


class Errands:
    """What is carried out at mSale, outside of any transaction."""

    def __init__(self, msale: Msale, sealer: Sealer) -> None:
        self._msale, self._sealer = msale, sealer

    async def send(self, task: Task, db: Database) -> None:
        """Put a dossier into mSale's queue (P3.6, P4.1)."""
        async with db.transaction() as tx:
            await self._look_again(tx, task)
            dossier = await connections.dossier_for_msale(tx, task.ref, sealer=self._sealer)
        connection_id = because = None
        try:
            connection_id = dossier and await self._msale.request_connection(task.ref, dossier)
        except PermanentError as error:
            because = error.reason_code
        async with db.transaction() as tx:
            now = clock.now()
            if not await task.done(tx, now=now):
                return
            if because:
                await connections.turned_away(tx, task.ref, because, now=now)
            elif connection_id:
                await connections.queue(tx, task.ref, connection_id, now=now)

    async def decide(self, task: Task, db: Database) -> None:
        """Hand an officer's decision to mSale (P6.1), and ask for the result soon."""
        async with db.transaction() as tx:
            activation = await self._look_again(tx, task)
        if activation is not None and activation.stage is Stage.CONNECTING:
            assert activation.connection_id
            decision: dict[str, Any] = {
                "decision": activation.decision,
                "officer_id": str(activation.decided_by),
                "reason_code": activation.reason_code,
                "reason_text": activation.reason_text,
            }
            await self._msale.decide(activation.connection_id, decision)
        async with db.transaction() as tx:
            now = clock.now()
            if await task.done(tx, now=now) and activation is not None:
                await connections.ask_soon(tx, activation, now=now)

    async def withdraw(self, task: Task, db: Database) -> None:
        """Ask mSale for a dossier back whose ground is gone (G18, decision 0024)."""
        async with db.transaction() as tx:
            activation = await connections.by_request(tx, task.ref)
        became = None
        if activation is not None and activation.stage is Stage.WITHDRAWING:
            became = await self._msale.withdraw(task.ref)
        async with db.transaction() as tx:
            now = clock.now()
            if await task.done(tx, now=now) and became:
                await withdrawals.answered(tx, task.ref, became, now=now)

    async def sync(self, task: Task, db: Database) -> None:
        """Fetch mSale's result (F5a.12, F5b.11); not there yet is a reason to ask again."""
        async with db.transaction() as tx:
            activation = await connections.by_request(tx, task.ref)
        found = None
        if activation is not None and activation.connection_id:
            found = await self._msale.read(activation.connection_id, task.ref)
            if found.state in ("QUEUED", "CONNECTING") and activation.stage is Stage.CONNECTING:
                raise MsaleUnavailable("the connection is still being made")
        async with db.transaction() as tx:
            now = clock.now()
            if await task.done(tx, now=now) and found:
                await connections.synchronise(tx, task.ref, found, sealer=self._sealer, now=now)

    async def reissue(self, task: Task, db: Database) -> None:
        """Fetch a new eSIM code (G29)."""
        async with db.transaction() as tx:
            activation = await connections.by_request(tx, task.ref)
        code, was_asked = None, False
        # An eSIM that has been installed meanwhile would be cut off by a new code.
        waits = activation is not None and activation.stage in WAITS_FOR_PHONE
        if activation is not None and activation.connection_id and waits:
            was_asked = True
            code = await self._msale.reissue(activation.connection_id, task.id)
        async with db.transaction() as tx:
            now = clock.now()
            if await task.done(tx, now=now) and was_asked:
                activation = await connections.by_request(tx, task.ref)
                assert activation is not None
                await esims.reissued(tx, activation, code, sealer=self._sealer, now=now)

    async def _look_again(self, tx: Tx, task: Task) -> Activation | None:
        """Before a step that can still be left undone, look whether it should be."""
        activation = await connections.by_request(tx, task.ref)
        if activation is not None:
            await withdrawals.reconsider(tx, activation, now=clock.now())
        return activation

    def register(self) -> Tasks:
        """Carry out the tasks of this service."""
        for kind, errand in {
            SEND: self.send,
            DECIDE: self.decide,
            SYNC: self.sync,
            REISSUE: self.reissue,
            WITHDRAW: self.withdraw,
        }.items():
            tasks.handlers[kind] = errand
        return tasks
