"""Beginning parts of a recording, and writing down what their nodes report."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import and_, bindparam, case, func, insert, or_, select, update

from kit.db import Tx
from videocall.calls.domain import Call
from videocall.calls.states import Status
from videocall.chain.commands import append
from videocall.chain.domain import EventKind
from videocall.changes.commands import changed
from videocall.recordings.domain import PartState, Party
from videocall.tables import recording_parts as parts

LOST_AFTER: Final = timedelta(seconds=3)
"""The time for which a node may not answer before its parts count as lost."""
GROWING: Final = (PartState.STARTING, PartState.RECORDING)
"""States in which a part can be cut off; one that failed before stays a failed one."""
OPENS_WITHIN: Final = timedelta(seconds=2)
"""The time from a part's row to its node's knowledge of it."""
ENDED: Final = (PartState.CLOSED, PartState.FAILED, PartState.LOST)
UNCHAINED: Final = and_(
    parts.c.state.in_(ENDED), parts.c.chained_head.is_distinct_from(parts.c.head)
)
"""Parts whose end does not stand in the chain of their call's events yet."""
END: Final = ("role", "part", "state", "blocks", "bytes", "head", "duration_ms")

Seen = dict[str, Any]
"""A node's word about a part: the columns that it changes, `in_call`, `of_role`, `numbered`."""
_NOTE_SEEN: Final = (
    update(parts)
    .where(
        parts.c.call_id == bindparam("in_call"),
        parts.c.role == bindparam("of_role"),
        parts.c.part == bindparam("numbered"),
        *(parts.c.state != end for end in (PartState.DROPPED, PartState.CLOSED, PartState.FAILED)),
    )
    .values(seen_at=bindparam("seen"))
)
_STANDBY_UNTIL_ACCEPTED: Final = case(
    (parts.c.state == PartState.STANDBY, parts.c.state), else_=bindparam("state")
)
"""A node does not say of a part that it is on standby; the accept alone ends that."""


async def begin_part(tx: Tx, call: Call, role: Party, node: str, *, now: datetime) -> int:
    """Begin the next part of a party on a node; return its number. The call is locked.

    While the call rings, the part is on standby, and belongs to the offer of this moment.
    """
    of_party = select(func.max(parts.c.part)).where(
        parts.c.call_id == call.id, parts.c.role == role
    )
    number = (await tx.scalar(of_party) or 0) + 1
    standby = call.status is Status.OFFERED
    row = {"call_id": call.id, "role": role, "part": number, "node": node, "epoch": call.epoch}
    state = PartState.STANDBY if standby else PartState.STARTING
    begun = {"state": state, "begun_at": now, "seen_at": now}
    await tx.execute(insert(parts).values(row | begun))
    if not standby:
        await _note_opened(tx, call.id, role, number, now)
    changed(tx, call.id)
    return number


async def begin_on_standby(tx: Tx, call: Call, *, now: datetime) -> None:
    """Let the newest part of each party begin, for the call was accepted; drop the others.

    The agent's belongs to the offer that was accepted, the customer's to the call.
    """
    of_call = parts.c.call_id == call.id
    standby = select(parts.c.role, parts.c.part, parts.c.epoch).where(
        of_call, parts.c.state == PartState.STANDBY
    )
    rows = (await tx.execute(standby.order_by(parts.c.part))).all()
    kept = {r.role: r.part for r in rows if r.role is Party.CUSTOMER or r.epoch == call.epoch}
    await drop_standby(tx, [call.id])
    for role, part in kept.items():
        begun = update(parts).where(of_call, parts.c.role == role, parts.c.part == part)
        await tx.execute(begun.values(state=PartState.STARTING, begun_at=now, seen_at=now))
        await _note_opened(tx, call.id, role, part, now)


async def drop_standby(tx: Tx, call_ids: Sequence[UUID]) -> None:
    """Drop the parts of calls that were on standby and never began."""
    standby = update(parts).where(parts.c.call_id.in_(call_ids), parts.c.state == PartState.STANDBY)
    await tx.execute(standby.values(state=PartState.DROPPED))


async def _note_opened(tx: Tx, call_id: UUID, role: Party, part: int, now: datetime) -> None:
    await append(tx, call_id, EventKind.MEDIA_OPENED, {"role": role, "part": part}, at=now)


async def note_seen(tx: Tx, seen: Sequence[Seen], nodes: Sequence[str], *, now: datetime) -> None:
    """Write down what nodes said of their parts, and which they do not know any more."""
    if seen:
        columns = seen[0].keys() & parts.c.keys()
        values: dict[str, Any] = {name: bindparam(name) for name in columns}
        note = _NOTE_SEEN.values(values | {"state": _STANDBY_UNTIL_ACCEPTED})
        connection = await tx.connection()
        await connection.execute(note, [{**row, "seen": now} for row in seen])
    forgotten = and_(
        parts.c.node.in_(nodes), parts.c.seen_at < now, parts.c.begun_at < now - OPENS_WITHIN
    )
    await lose(tx, or_(forgotten, parts.c.seen_at < now - LOST_AFTER))


async def lose(tx: Tx, condition: Any) -> None:
    """Note that parts were cut off: their node died, does not answer, or has lost the call."""
    cut_off = update(parts).where(parts.c.state.in_((*GROWING, PartState.STANDBY)), condition)
    lost = case((parts.c.state == PartState.STANDBY, PartState.DROPPED), else_=PartState.LOST)
    await tx.execute(cut_off.values(state=lost))


async def note_ends(tx: Tx, call_id: UUID, *, now: datetime) -> None:
    """Add the parts of a call that have ended to the chain of its events; the call is locked.

    A part that was thought lost, and was closed with more blocks after all, is added again.
    """
    of_call = parts.c.call_id == call_id
    noted = update(parts).where(of_call, UNCHAINED).values(chained_head=parts.c.head)
    for row in (await tx.execute(noted.returning(*(parts.c[name] for name in END)))).mappings():
        await append(tx, call_id, EventKind.MEDIA_CLOSED, dict(row), at=now)
