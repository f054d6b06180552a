"""Adding to the chain of a call's events."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, insert, select

from kit.db import Tx
from videocall.chain.domain import CallEvent, EventKind, Head
from videocall.tables import call_events

LAST: Final = (
    select(call_events.c.seq, call_events.c.hash)
    .where(call_events.c.call_id == bindparam("of_call"))
    .order_by(call_events.c.seq.desc())
    .limit(1)
)
ADD: Final = insert(call_events)


async def append(
    tx: Tx, call_id: UUID, kind: EventKind, body: Mapping[str, Any], *, at: datetime
) -> Head:
    """Add an event to the life of a call, which is locked; return the new end of its chain.

    The body holds ids, codes, counts and fingerprints, and nothing of a person.
    """
    row = (await tx.execute(LAST, {"of_call": call_id})).one_or_none()
    last = Head(row.seq, row.hash) if row else Head.of_none(call_id)
    event = CallEvent.after(last, call_id, kind, body, at=at)
    await tx.execute(ADD, vars(event))
    return Head(event.seq, event.hash)
