"""Letting a supervisor speak in a call; each time in the access log and the chain (LAW19)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import insert

from kit.auth import Caller
from videocall.accesses.commands import note_access
from videocall.calls.commands import call_of_region
from videocall.calls.states import IN_HAND, CallMoved
from videocall.chain.commands import append
from videocall.chain.domain import EventKind
from videocall.media.domain import NothingToSeeYet
from videocall.media.queries import session_of
from videocall.recordings.commands import begin_part
from videocall.recordings.domain import Party
from videocall.signalling.commands import Published, Signalling
from videocall.signalling.domain import VoiceMode
from videocall.tables import voices

WORDS: Final = {
    VoiceMode.WHISPER: ("CALL:WHISPER", EventKind.WHISPERED),
    VoiceMode.BARGE: ("CALL:BARGE", EventKind.JOINED),
}
"""A voice in the access log, and in the chain."""


async def speak(
    signalling: Signalling,
    call_id: UUID,
    mode: VoiceMode,
    offer: str,
    *,
    manager: Caller,
    now: datetime,
) -> Published:
    """Let a supervisor speak to the agent alone or to both; a part of the recording of its own."""
    async with signalling.db.transaction() as tx:
        call, _ = await call_of_region(tx, call_id, manager)
        if call.status not in IN_HAND:
            raise CallMoved(call.id, call.status)
        session = await session_of(tx, call_id)
        if session is None:
            raise NothingToSeeYet
        part = await begin_part(tx, call, Party.SUPERVISOR, session.place.node, now=now)
        what, kind = WORDS[mode]
        row = {"call_id": call_id, "part": part, "staff_id": manager.subject_id, "mode": mode}
        await tx.execute(insert(voices).values(row))
        await note_access(tx, call.hold_id, manager, what, now=now)
        await append(tx, call.id, kind, {"by": manager.subject_id, "part": part}, at=now)
    connection = await signalling.plane.publish(
        session.place, call_id, Party.SUPERVISOR, part, offer, mode.audience(call.agent_id)
    )
    return Published(connection, part)


async def fall_silent(signalling: Signalling, call_id: UUID, *, manager: Caller) -> None:
    """Let a supervisor be heard no more."""
    async with signalling.db.transaction() as tx:
        await call_of_region(tx, call_id, manager)
        session = await session_of(tx, call_id)
    if session is not None:
        await signalling.plane.unpublish(session.place, call_id, Party.SUPERVISOR)
