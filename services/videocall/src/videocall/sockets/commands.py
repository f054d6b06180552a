"""The open sockets of one replica: admitted in batches, told what changes, kept present.

Sockets share four readers, which read what is due one document after the other, the urgent ones
first: many sockets cost no more database connections than few. Marks are heard by the doorbell,
and compared every second, for a notification may be lost.
"""

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from events.ids import uuid7
from kit import clock
from kit.auth import Caller, is_revoked
from kit.db import Database
from kit.errors import ServiceError
from kit.http import problem_of
from kit.revocations.checking import Revocations
from videocall.changes.commands import DOORBELL
from videocall.changes.queries import recent_versions, versions_of
from videocall.deliveries.commands import Client, Deliveries, Watching
from videocall.documents.commands import Reading, read
from videocall.documents.domain import Document, Key, Watch
from videocall.leases.commands import (
    Opened,
    end_lease,
    forget_sockets,
    keep_lease,
    keep_present,
    open_sockets,
)
from videocall.leases.domain import BEAT_SECONDS
from videocall.settings import Settings
from videocall.sockets.domain import CloseCode, DocumentMessage, Refusal, RefusalBody
from videocall.sockets.gateways import listen

READERS: Final = 4
TICK_SECONDS: Final = 1.0
PRESENT_BEATS: Final = 3
"""Every so many beats, people with open sockets are noted to be present."""
TROUBLE_SECONDS: Final = 1.0
"""A reader that could not read waits so long: the database may be away."""
MOST_AT_ONCE: Final = 200
"""Sockets that one transaction opens at most."""

log = structlog.get_logger()


@dataclass(frozen=True, eq=False)
class _Arrival:
    client: Client
    opened: Opened
    watches: Sequence[Watch]
    is_over: asyncio.Event


class Sockets:
    """The sockets of this process, and the work about them while there are any."""

    def __init__(self, db: Database, settings: Settings, revocations: Revocations) -> None:
        self._db, self._settings, self._revocations = db, settings, revocations
        self.node = uuid7()
        self.clients: dict[UUID, Client] = {}
        self._deliveries = Deliveries()
        self._arrivals: asyncio.Queue[_Arrival] = asyncio.Queue()
        self._workers: list[asyncio.Task[None]] = []
        self._beats = 0

    async def open(self, caller: Caller, watches: Sequence[Watch], *, lost: UUID | None) -> Client:
        """Open a socket; what its client does not have is then due."""
        client = Client(uuid7(), caller)
        self.clients[client.id] = client
        self._work()
        opened = Opened(client.id, caller.subject_id, lost)
        arrival = _Arrival(client, opened, watches, asyncio.Event())
        self._arrivals.put_nowait(arrival)
        await arrival.is_over.wait()
        return client

    async def watch(self, client: Client, watches: Sequence[Watch]) -> None:
        """Let a client watch these documents and no others."""
        subjects = self._deliveries.note_watches(client, watches)
        async with self._db.transaction() as tx:
            versions = await versions_of(tx, subjects)
        moment = asyncio.get_running_loop().time()
        self._deliveries.require_news(client, watches, versions, moment)

    async def close(self, client: Client) -> None:
        """Forget a socket that has ended."""
        client.end(None)
        self.clients.pop(client.id, None)
        self._deliveries.note_watches(client, ())
        if self.clients:
            return  # the next beat forgets those that have ended, however many
        for worker in self._workers:
            worker.cancel()
        self._workers.clear()
        try:
            async with self._db.transaction() as tx:
                await end_lease(tx, self.node)
        except SQLAlchemyError as error:  # it lapses
            log.warning("lease_not_ended", error=type(error).__name__)

    def hear(self, payload: str) -> None:
        """Hear the doorbell: a subject and its version."""
        subject, _, version = payload.partition(" ")
        self._deliveries.hear([(subject, int(version))])

    def _work(self) -> None:
        if self._workers:
            return
        work: list[Coroutine[Any, Any, None]] = [
            listen(self._db.engine.url, DOORBELL, self.hear),
            self._admit(),
            _each(TICK_SECONDS, self._tick),
            _each(BEAT_SECONDS, self._beat),
            *(self._read() for _ in range(READERS)),
        ]
        self._workers = [asyncio.create_task(each) for each in work]

    async def _admit(self) -> None:
        while True:
            arrivals = [await self._arrivals.get()]
            while not self._arrivals.empty() and len(arrivals) < MOST_AT_ONCE:
                arrivals.append(self._arrivals.get_nowait())
            try:
                await self._write_down(arrivals)
            except Exception as error:  # noqa: BLE001, others will come
                log.error("sockets_not_opened", error=type(error).__name__)  # noqa: TRY400
                for arrival in arrivals:
                    arrival.client.end(CloseCode.TOO_SLOW)
            for arrival in arrivals:
                arrival.is_over.set()

    async def _write_down(self, arrivals: Sequence[_Arrival]) -> None:
        note = self._deliveries.note_watches
        subjects = [each for a in arrivals for each in note(a.client, a.watches)]
        async with self._db.transaction() as tx:
            opened = [arrival.opened for arrival in arrivals]
            now = clock.now()
            surplus = await open_sockets(tx, self.node, opened, now=now)
            # Who is cut off again and again would otherwise be heard of by none of the beats.
            await keep_present(tx, *_present(arrival.client for arrival in arrivals), now=now)
            versions = await versions_of(tx, subjects)
        moment = asyncio.get_running_loop().time()
        for arrival in arrivals:
            arrival.client.admitted = True
            self._deliveries.require_news(arrival.client, arrival.watches, versions, moment)
        self._replace(surplus)

    async def _read(self) -> None:
        while True:
            client, watching = await self._deliveries.next()
            try:
                async with self._db.transaction() as tx:
                    reading = await read(
                        tx,
                        client.caller,
                        watching.key,
                        settings=self._settings,
                        now=clock.now(),
                    )
                self._put(client, watching, reading)
            except ServiceError as error:
                self._refuse(client, watching.key, error)
            except Exception as error:  # noqa: BLE001, the other sockets go on
                log.error("document_not_read", error=type(error).__name__)  # noqa: TRY400
                watching.stale = True
                await asyncio.sleep(TROUBLE_SECONDS)
            watching.read_at = asyncio.get_running_loop().time()

    def _put(self, client: Client, watching: Watching, reading: Reading) -> None:
        document, call = watching.key
        if not watching.takes(reading.version):
            return
        watching.moves = reading.moves
        text = reading.body.model_dump_json()
        digest = hash(text)
        if digest == watching.digest and watching.key not in client.outbox:
            return
        watching.digest = digest
        said = DocumentMessage(
            t=document, seq=reading.version, call=call, epoch=reading.epoch, body=None
        )
        head = said.model_dump_json(exclude={"body"})
        client.put(watching.key, f'{head[:-1]},"body":{text}}}')

    def _refuse(self, client: Client, key: Key, error: ServiceError) -> None:
        document, call = key
        problem = problem_of(error, instance="").model_dump(mode="json")
        body = RefusalBody(document=document, problem=problem)
        if key in client.watched:
            self._deliveries.unwatch(client, key)
            client.put(key, Refusal(call=call, body=body).model_dump_json())

    async def _tick(self) -> None:
        async with self._db.transaction() as tx:
            self._deliveries.hear(await recent_versions(tx))
        moment, now = asyncio.get_running_loop().time(), clock.now()
        for client in list(self.clients.values()):
            ends = client.caller.expires_at
            if (ends and ends <= now) or await is_revoked(self._revocations, client.caller):
                client.end(CloseCode.SIGN_IN)
            self._deliveries.refresh(client, moment)

    async def _beat(self) -> None:
        self._beats += 1
        clients, now = [c for c in self.clients.values() if c.admitted], clock.now()
        kept = [Opened(client.id, client.caller.subject_id) for client in clients]
        async with self._db.transaction() as tx:
            written = await keep_lease(tx, self.node, now=now)
            if written is None:
                self._replace(await open_sockets(tx, self.node, kept, now=now) if kept else ())
            else:
                await forget_sockets(tx, written - self.clients.keys())
                self._replace({each.id for each in kept} - written)
        if self._beats % PRESENT_BEATS == 0:
            async with self._db.transaction() as tx:
                await keep_present(tx, *_present(clients), now=now)

    def _replace(self, surplus: Iterable[UUID]) -> None:
        for socket in surplus:
            if client := self.clients.get(socket):
                client.end(CloseCode.REPLACED)


def _present(clients: Iterable[Client]) -> tuple[set[UUID], set[UUID]]:
    """Return the agents at their desks, and the calls of the customers who watch them."""
    people = list(clients)
    agents = {each.caller.subject_id for each in people if each.caller.acts_as(("call_agent",))}
    keys = {key for each in people for key in each.watched}
    return agents, {call for document, call in keys if document is Document.CALL and call}


async def _each(seconds: float, work: Any) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except Exception as error:  # noqa: BLE001, a bad second is followed by others
            log.error("sockets_behind", error=type(error).__name__)  # noqa: TRY400
