"""Beginning parts of a recording, and writing down what their nodes report."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import and_, bindparam, func, insert, or_, select, update

from kit.db import Tx
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
        parts.c.state != PartState.CLOSED,
        parts.c.state != PartState.FAILED,
    )
    .values(seen_at=bindparam("seen"))
)


async def begin_part(tx: Tx, call_id: UUID, role: Party, node: str, *, now: datetime) -> int:
    """Begin the next part of a party on a node; return its number. The call is locked."""
    of_party = select(func.max(parts.c.part)).where(
        parts.c.call_id == call_id, parts.c.role == role
    )
    number = (await tx.scalar(of_party) or 0) + 1
    row = {"call_id": call_id, "role": role, "part": number, "node": node}
    begun = {"state": PartState.STARTING, "begun_at": now, "seen_at": now}
    await tx.execute(insert(parts).values(row | begun))
    await append(tx, call_id, EventKind.MEDIA_OPENED, {"role": role, "part": number}, at=now)
    changed(tx, call_id)
    return number


async def note_seen(tx: Tx, seen: Sequence[Seen], nodes: Sequence[str], *, now: datetime) -> None:
    """Write down what nodes said of their parts, and which they do not know any more."""
    if seen:
        columns = seen[0].keys() & parts.c.keys()
        note = _NOTE_SEEN.values({name: bindparam(name) for name in columns})
        connection = await tx.connection()
        await connection.execute(note, [{**row, "seen": now} for row in seen])
    forgotten = and_(
        parts.c.node.in_(nodes), parts.c.seen_at < now, parts.c.begun_at < now - OPENS_WITHIN
    )
    await lose(tx, or_(forgotten, parts.c.seen_at < now - LOST_AFTER))


async def lose(tx: Tx, condition: Any) -> None:
    """Note that parts were cut off: their node died, does not answer, or has lost the call."""
    cut_off = update(parts).where(parts.c.state.in_(GROWING), condition)
    await tx.execute(cut_off.values(state=PartState.LOST))


async def note_ends(tx: Tx, call_id: UUID, *, now: datetime) -> None:
    """Add the parts of a call that have ended to the chain of its events; the call is locked.

    A part that was thought lost, and was closed with more blocks after all, is added again.
    """
    of_call = parts.c.call_id == call_id
    noted = update(parts).where(of_call, UNCHAINED).values(chained_head=parts.c.head)
    for row in (await tx.execute(noted.returning(*(parts.c[name] for name in END)))).mappings():
        await append(tx, call_id, EventKind.MEDIA_CLOSED, dict(row), at=now)
