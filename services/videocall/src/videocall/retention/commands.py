"""Placing and lifting legal holds, and erasing evidence whose time is over."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from kit.auth import Caller
from kit.db import Tx
from videocall.chain.commands import append
from videocall.chain.domain import EventKind
from videocall.journeys.domain import Journey, NoSuchHold
from videocall.retention.domain import Ground, LegalHold, RetentionClass
from videocall.tables import audits, calls, data_keys, erasures, media_sessions, photos


async def place_hold(
    tx: Tx, hold_id: UUID, reason_code: str, *, manager: Caller, now: datetime
) -> LegalHold:
    """Keep the evidence of a journey until further notice; said twice, the first word stands."""
    await _journey(tx, hold_id, manager)
    legal_hold = await tx.get(LegalHold, hold_id, with_for_update=True)
    if legal_hold is None:
        legal_hold = LegalHold(
            hold_id=hold_id, reason_code=reason_code, placed_by=manager.subject_id, placed_at=now
        )
        tx.add(legal_hold)
    elif legal_hold.stands:
        return legal_hold
    legal_hold.place(reason_code, manager.subject_id, now=now)
    await _tell_calls(tx, hold_id, EventKind.LEGAL_HOLD_PLACED, reason_code, manager, now=now)
    return legal_hold


async def lift_hold(
    tx: Tx, hold_id: UUID, reason_code: str, *, manager: Caller, now: datetime
) -> None:
    """Let the class of retention decide again; said twice, done once."""
    await _journey(tx, hold_id, manager)
    legal_hold = await tx.get(LegalHold, hold_id, with_for_update=True)
    if legal_hold and legal_hold.stands:
        legal_hold.lifted_at = now
        await _tell_calls(tx, hold_id, EventKind.LEGAL_HOLD_LIFTED, reason_code, manager, now=now)


async def forget(tx: Tx, customer_id: UUID, *, asked_at: datetime) -> None:
    """Note that a customer is to be forgotten; the jobs erase what no law and nobody keeps."""
    asked = insert(erasures).values(customer_id=customer_id, asked_at=asked_at)
    await tx.execute(asked.on_conflict_do_nothing())


async def refuse_erasure(tx: Tx, call_id: UUID, ground: Ground, *, now: datetime) -> None:
    """Note in the chain of a call, which is locked, on what ground its evidence is kept."""
    of_call = data_keys.c.call_id == call_id
    await tx.execute(update(data_keys).where(of_call).values(kept_because=ground))
    await append(tx, call_id, EventKind.ERASURE_REFUSED, {"because": ground}, at=now)


async def erase(
    tx: Tx, call_id: UUID, retention: RetentionClass, *, asked: bool = False, now: datetime
) -> None:
    """Erase the data key of a call, which is locked, and what people wrote about it.

    What was sealed by the key stays where it lies, unreadable; so the chain still verifies.
    `asked`: it is erased before its time, since the customer is to be forgotten.
    """
    erased = {"sealed_key": None, "erased_at": now}
    await tx.execute(update(data_keys).where(data_keys.c.call_id == call_id).values(erased))
    of_session = media_sessions.c.call_id == call_id
    await tx.execute(update(media_sessions).where(of_session).values(sealed_key=None))
    await tx.execute(update(calls).where(calls.c.id == call_id).values(note=None))
    await tx.execute(update(audits).where(audits.c.call_id == call_id).values(note=None))
    # Stills from before calls had data keys were sealed by the service's own.
    of_old = photos.c.call_id == call_id, ~photos.c.by_data_key
    await tx.execute(update(photos).where(*of_old).values(sealed=b""))
    body = {"retention_class": retention} | ({"because": "SUBJECT_ERASED"} if asked else {})
    await append(tx, call_id, EventKind.ERASED, body, at=now)


async def _tell_calls(
    tx: Tx, hold_id: UUID, kind: EventKind, reason_code: str, manager: Caller, *, now: datetime
) -> None:
    """Add a word about the evidence of a journey, which is locked, to each of its calls."""
    of_journey = select(calls.c.id).where(calls.c.hold_id == hold_id).order_by(calls.c.id)
    body = {"by": manager.subject_id, "reason_code": reason_code}
    for call_id in (await tx.scalars(of_journey.with_for_update())).all():
        await append(tx, call_id, kind, body, at=now)


async def _journey(tx: Tx, hold_id: UUID, manager: Caller) -> Journey:
    journey = await tx.get(Journey, hold_id, with_for_update=True)
    if journey is None or not manager.covers(journey.region):
        raise NoSuchHold(hold_id)
    return journey
