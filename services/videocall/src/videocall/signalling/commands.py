"""Signalling between clients and media nodes; a node is never called inside a transaction."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import structlog

from kit.db import Database, Tx
from kit.sealing import Sealer
from videocall.calls.commands import locked
from videocall.calls.domain import Call
from videocall.calls.states import IN_HAND, CallMoved, Status
from videocall.media.commands import key_of, settle
from videocall.media.domain import Connection, MediaUnavailable, NothingToSeeYet
from videocall.media.gateways import MediaPlane
from videocall.media.queries import beginning_of, session_of
from videocall.recordings.commands import begin_part
from videocall.recordings.domain import Party

CONNECTING: Final = (Status.OFFERED, *IN_HAND)
"""Calls whose parties connect: while one rings, so that they see each other once it is accepted."""
log = structlog.get_logger()

Admission = Callable[[Tx], Awaitable[Call]]
"""Returns the call if the person who asks may see and hear in it, or raises."""


@dataclass(frozen=True)
class Published:
    """A party's new connection, and the number of the recording part that it begins."""

    connection: Connection
    part: int


@dataclass(frozen=True)
class Signalling:
    """Carries descriptions of connections between clients and the node of a call (LAW09)."""

    db: Database
    plane: MediaPlane
    sealer: Sealer

    async def publish(
        self, admit: Admission, party: Party, offer: str, *, now: datetime
    ) -> Published:
        """Take a party's camera and microphone: a new part, on the same node if it still runs."""
        async with self.db.transaction() as tx:
            call_id = (await _connecting(tx, admit)).id
            last = await session_of(tx, call_id)
        place = await self.plane.place(last.place if last else None)
        async with self.db.transaction() as tx:
            await locked(tx, call_id)
            call = await _connecting(tx, admit)
            session = await settle(tx, call_id, place, last, self.sealer, now=now)
            part = await begin_part(tx, call, party, session.place.node, now=now)
        standby = call.status is Status.OFFERED
        await self.plane.open(session.place, call_id, key_of(session, self.sealer), standby=standby)
        connection = await self.plane.publish(session.place, call_id, party, part, offer)
        if standby:
            await self.begin(call_id)
        return Published(connection, part)

    async def begin(self, call_id: UUID) -> None:
        """Let a call begin that was accepted, maybe while a party was publishing."""
        async with self.db.transaction() as tx:
            where_and_how = await beginning_of(tx, call_id)
        if where_and_how is None:
            return
        place, beginning = where_and_how
        try:
            await self.plane.begin(place, call_id, beginning)
        except (MediaUnavailable, NothingToSeeYet) as error:  # the watch job says it again
            log.warning("media_begins_late", call_id=call_id, error=type(error).__name__)

    async def view(
        self, admit: Admission, viewer: str, feeds: Sequence[Party], *, hears_supervisor: bool
    ) -> Connection:
        """Offer a viewer what the given parties publish; the viewer's view before ends.

        A party who publishes later is seen on the same connection, and so is a supervisor who
        speaks to this viewer; of a call that rings nothing is seen until it is accepted.
        """
        async with self.db.transaction() as tx:
            call_id = (await _connecting(tx, admit)).id
            session = await session_of(tx, call_id)
        if session is None:
            raise NothingToSeeYet
        heard = (*feeds, Party.SUPERVISOR) if hears_supervisor else feeds
        return await self.plane.view(session.place, call_id, viewer, heard)

    async def answer(self, admit: Admission, peer: str, answer: str) -> None:
        """Take a viewer's answer."""
        async with self.db.transaction() as tx:
            call_id = (await _connecting(tx, admit)).id
            session = await session_of(tx, call_id)
        if session is None:
            raise NothingToSeeYet
        await self.plane.answer(session.place, call_id, peer, answer)


async def _connecting(tx: Tx, admit: Admission) -> Call:
    call = await admit(tx)
    if call.status not in CONNECTING:
        raise CallMoved(call.id, call.status)
    return call
