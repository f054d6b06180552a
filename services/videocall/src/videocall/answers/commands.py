"""The customer's app shows a challenge, and sends the photo that it was asked for (P5.1)."""

from datetime import datetime
from uuid import UUID

from kit.db import Tx
from kit.sealing import Sealer
from videocall.calls.commands import locked
from videocall.calls.domain import Call
from videocall.calls.states import CallMoved, NoSuchCall, Status
from videocall.chain.commands import append
from videocall.chain.domain import EventKind
from videocall.changes.commands import changed
from videocall.examinations.commands import challenge_of
from videocall.photos.commands import Origin, Take, keep
from videocall.photos.domain import RequestOver, Source
from videocall.photos.queries import open_request


async def show(
    tx: Tx, call_id: UUID, challenge_id: UUID, *, customer_id: UUID, now: datetime
) -> None:
    """Note that the customer's app has a challenge on the screen."""
    call = await _under_way(tx, call_id, customer_id)
    challenge = await challenge_of(tx, call.id, challenge_id)
    if challenge.show(now=now):
        body = {"challenge": challenge.id}
        await append(tx, call.id, EventKind.CHALLENGE_SHOWN, body, at=now)
        changed(tx, call.id)


async def keep_photo(
    tx: Tx,
    call_id: UUID,
    request_id: UUID,
    take: Take,
    source: Source,
    *,
    customer_id: UUID,
    sealer: Sealer,
    now: datetime,
) -> None:
    """Keep what the customer's own camera took; it answers one request, while that is open."""
    call = await _under_way(tx, call_id, customer_id)
    request = await open_request(tx, call.id, now=now)
    if request is None or request.id != request_id:
        raise RequestOver(call.id)
    origin = Origin(source, customer_id, request.id)
    await keep(tx, call, request.kind, take, origin, sealer=sealer, now=now)


async def _under_way(tx: Tx, call_id: UUID, customer_id: UUID) -> Call:
    call, journey = await locked(tx, call_id)
    if journey.customer_id != customer_id:
        raise NoSuchCall
    if call.status is not Status.IN_CALL:
        raise CallMoved(call.id, call.status)
    return call
