"""Signalling between clients and media nodes; a node is never called inside a transaction."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kit.db import Database, Tx
from kit.sealing import Sealer
from videocall.calls.commands import locked
from videocall.calls.domain import Call
from videocall.calls.states import IN_HAND, CallMoved
from videocall.media.commands import key_of, settle
from videocall.media.domain import Connection, NothingToSeeYet
from videocall.media.gateways import MediaPlane
from videocall.media.queries import session_of
from videocall.recordings.commands import begin_part
from videocall.recordings.domain import Party
from videocall.recordings.queries import recording_of

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
            call_id = (await _in_hand(tx, admit)).id
            last = await session_of(tx, call_id)
        place = await self.plane.place(last.place if last else None)
        async with self.db.transaction() as tx:
            await locked(tx, call_id)
            await _in_hand(tx, admit)
            session = await settle(tx, call_id, place, last, self.sealer, now=now)
            part = await begin_part(tx, call_id, party, session.place.node, now=now)
        await self.plane.open(session.place, call_id, key_of(session, self.sealer))
        connection = await self.plane.publish(session.place, call_id, party, part, offer)
        return Published(connection, part)

    async def view(
        self, admit: Admission, viewer: str, feeds: Sequence[Party], *, hears_supervisor: bool
    ) -> Connection:
        """Offer a viewer what the given parties publish; the viewer's view before ends.

        A supervisor who speaks to this viewer is heard on the same connection, from then on.
        """
        async with self.db.transaction() as tx:
            call_id = (await _in_hand(tx, admit)).id
            session, recording = await session_of(tx, call_id), await recording_of(tx, call_id)
        newest = [recording.newest(feed) for feed in feeds]
        if session is None or not any(part and part.publishes for part in newest):
            raise NothingToSeeYet
        heard = (*feeds, Party.SUPERVISOR) if hears_supervisor else feeds
        return await self.plane.view(session.place, call_id, viewer, heard)

    async def answer(self, admit: Admission, peer: str, answer: str) -> None:
        """Take a viewer's answer."""
        async with self.db.transaction() as tx:
            call_id = (await _in_hand(tx, admit)).id
            session = await session_of(tx, call_id)
        if session is None:
            raise NothingToSeeYet
        await self.plane.answer(session.place, call_id, peer, answer)


async def _in_hand(tx: Tx, admit: Admission) -> Call:
    call = await admit(tx)
    if call.status not in IN_HAND:
        raise CallMoved(call.id, call.status)
    return call
