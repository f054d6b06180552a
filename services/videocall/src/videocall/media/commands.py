"""Media sessions as rows: where calls live, and what their nodes report of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from kit.db import Tx
from kit.sealing import Sealer
from videocall.calls.states import LIVE
from videocall.data_keys.commands import sealed_data_key
from videocall.data_keys.domain import EvidenceErased, about
from videocall.media.domain import NodeReport, Place, Session
from videocall.recordings.commands import Seen, drop_standby, lose, note_seen
from videocall.tables import calls, media_sessions, recording_parts


async def settle(
    tx: Tx, call_id: UUID, place: Place, last: Session | None, sealer: Sealer, *, now: datetime
) -> Session:
    """Return the call's session, locked: opened here, moved here, or as another request left it."""
    sealed_key = await sealed_data_key(tx, call_id, sealer, now=now)
    here = {"node": place.node, "boot": place.boot, "closed_at": None}
    opened = {"call_id": call_id, "number": 1, "sealed_key": sealed_key, "opened_at": now}
    await tx.execute(insert(media_sessions).values(opened | here).on_conflict_do_nothing())
    of_call = media_sessions.c.call_id == call_id
    row = (await tx.execute(select(media_sessions).where(of_call).with_for_update())).one()
    session = Session(call_id, Place(row.node, row.boot), row.number, row.sealed_key)
    if session.place == place or last is None or session.number != last.number:
        return session
    moved = Session(call_id, place, session.number + 1, session.sealed_key)
    await tx.execute(update(media_sessions).where(of_call).values(number=moved.number, **here))
    await lose(tx, recording_parts.c.call_id == call_id)
    return moved


def key_of(session: Session, sealer: Sealer) -> bytes:
    """Open the key of a session's recordings."""
    if session.sealed_key is None:
        raise EvidenceErased
    return sealer.open(session.sealed_key, about=about(session.call_id))


async def note_reports(tx: Tx, reports: Sequence[NodeReport], *, now: datetime) -> None:
    """Write down how parts grow and end, by what their nodes report."""
    seen = [row for report in reports for row in _seen(report, now)]
    await note_seen(tx, seen, [report.node for report in reports], now=now)


async def close_sessions(tx: Tx, *, now: datetime) -> None:
    """Close the sessions of calls that are over; what was on standby is dropped."""
    over = (
        update(media_sessions)
        .where(media_sessions.c.call_id == calls.c.id)
        .where(media_sessions.c.closed_at.is_(None), calls.c.status.not_in(LIVE))
    )
    closed = await tx.scalars(over.values(closed_at=now).returning(media_sessions.c.call_id))
    await drop_standby(tx, closed.all())


def _seen(report: NodeReport, now: datetime) -> list[Seen]:
    return [
        {
            "in_call": call.call,
            "of_role": part.role,
            "numbered": part.part,
            "started_at": now - report.age(part.started_at) if part.started_at else None,
            "last_write_at": now - report.age(part.last_write_at) if part.last_write_at else None,
            **part.model_dump(exclude={"role", "part", "started_at", "last_write_at"}),
        }
        for call in report.calls
        for part in call.parts
    ]
