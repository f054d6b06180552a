"""Reading documents; a reader is present, as one who sends the GET is (SD.1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel

from kit.auth import Caller, WrongRole
from kit.db import Tx
from videocall.agents.commands import be_seen
from videocall.agents.domain import REGIONS
from videocall.agents.queries import rings_at
from videocall.calls.domain import Call
from videocall.calls.states import LIVE, WAITING, NoSuchCall
from videocall.changes.queries import versions_of
from videocall.desk.queries import DeskCall, Queue, desk_view, queue
from videocall.documents.domain import NEVER_MARKED, Document, Key
from videocall.evidence.queries import call_to_look_at
from videocall.queue.commands import hear_from
from videocall.queue.queries import CallView, call_of, view
from videocall.recordings.domain import Party
from videocall.settings import Settings
from videocall.shifts.queries import Shift, shift_of
from videocall.signalling.queries import MediaView, media_view

BODIES: Final[dict[Document, type[BaseModel]]] = {
    Document.CALL: CallView,
    Document.MEDIA: MediaView,
    Document.QUEUE: Queue,
    Document.SHIFT: Shift,
    Document.DESK_CALL: DeskCall,
    Document.DESK_MEDIA: MediaView,
}
"""The answer of the GET of each document."""
LISTED: Final = 50
"""Waiting calls in a queue, as the GET lists them without a limit."""


@dataclass(frozen=True)
class Reading:
    """A document as it was at one moment."""

    body: BaseModel
    version: int
    """Of its subject, read before it: the document is at least as new."""
    epoch: int | None = None
    moves: bool = False
    """The document tells of passing time, too: it is read again after a while."""


def subject_of(caller: Caller, key: Key) -> str:
    """Return the subject whose marks make a document new at once: a call, or the agent."""
    document, call_id = key
    return str(call_id if document.is_about_a_call else caller.subject_id)


def queues_of(caller: Caller, key: Key) -> tuple[str, ...]:
    """Return the regions whose queues a document lists."""
    return tuple(caller.regions or REGIONS) if key[0] is Document.QUEUE else ()


async def read(tx: Tx, caller: Caller, key: Key, *, settings: Settings, now: datetime) -> Reading:
    """Read a document for one person; raise what its GET answers with."""
    document, call_id = key
    if not caller.acts_as((document.role,)):
        raise WrongRole
    subject = subject_of(caller, key)
    version = (await versions_of(tx, [subject])).get(subject, NEVER_MARKED)
    if not document.is_about_a_call:
        return await _of_desk(tx, caller, document, version, settings, now)
    if call_id is None:
        raise NoSuchCall
    if document.role == "customer":
        call = await call_of(tx, call_id, caller.subject_id)
    elif document is Document.DESK_MEDIA and await rings_at(tx, call_id, caller.subject_id):
        call = await tx.get_one(Call, call_id)
    else:
        call = await _own_call(tx, call_id, caller)
    return await _of_call(tx, call, document, version, settings, now)


async def _own_call(tx: Tx, call_id: UUID, agent: Caller) -> Call:
    call = await call_to_look_at(tx, call_id, agent)
    call.check_in_hand(agent.subject_id)
    return call


async def _of_desk(
    tx: Tx, caller: Caller, document: Document, version: int, settings: Settings, now: datetime
) -> Reading:
    await be_seen(tx, caller, now=now)
    if document is Document.SHIFT:
        return Reading(await shift_of(tx, caller, now=now), version)
    shown = await queue(tx, caller, limit=LISTED, settings=settings, now=now)
    epoch = shown.offer.epoch if shown.offer else None
    return Reading(shown, version, epoch, moves=shown.waiting > 0)


async def _of_call(
    tx: Tx, call: Call, document: Document, version: int, settings: Settings, now: datetime
) -> Reading:
    body: BaseModel
    moves = call.status in LIVE
    match document:
        case Document.CALL:
            await hear_from(tx, call, settings=settings, now=now)
            body = await view(tx, call, settings=settings, now=now)
            moves = call.status in WAITING
        case Document.DESK_CALL:
            body = await desk_view(tx, call, now=now)
            moves = False
        case _:
            party = Party.CUSTOMER if document is Document.MEDIA else Party.AGENT
            body = await media_view(tx, call.id, party, settings=settings, now=now)
    return Reading(body, version, call.epoch, moves)
