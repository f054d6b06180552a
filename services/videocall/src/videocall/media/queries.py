"""Media sessions as rows."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from kit.db import Tx
from videocall.calls.domain import Call
from videocall.calls.states import IN_HAND
from videocall.media.domain import Beginning, NodeReport, Place, Session
from videocall.recordings.domain import BOTH, PartState, Party
from videocall.tables import media_sessions, recording_parts


async def session_of(tx: Tx, call_id: UUID) -> Session | None:
    """Return the media session of a call."""
    sessions = select(media_sessions).where(media_sessions.c.call_id == call_id)
    row = (await tx.execute(sessions)).one_or_none()
    if row is None:
        return None
    return Session(call_id, Place(row.node, row.boot), row.number, row.sealed_key)


async def beginning_of(tx: Tx, call_id: UUID) -> tuple[Place, Beginning] | None:
    """Return where and how a call in hand begins; None while it rings, or without media."""
    call, session = await tx.get(Call, call_id), await session_of(tx, call_id)
    if call is None or session is None or call.status not in IN_HAND:
        return None
    parts = recording_parts.c
    newest = select(parts.role, func.max(parts.part).label("part")).where(
        parts.call_id == call_id, parts.state == PartState.DROPPED
    )
    dropped = {row.role: row.part for row in await tx.execute(newest.group_by(parts.role))}
    least = {role: dropped.get(role, 0) + 1 for role in BOTH}
    return session.place, Beginning(least, (Party.CUSTOMER, str(call.agent_id)))


async def strays(tx: Tx, reports: Sequence[NodeReport]) -> list[tuple[Place, UUID]]:
    """Return the calls that are open on nodes for no session: over, or moved to another place."""
    open_calls = [
        (Place(report.node, report.boot), call.call) for report in reports for call in report.calls
    ]
    rows = await tx.execute(
        select(media_sessions.c.node, media_sessions.c.boot, media_sessions.c.call_id).where(
            media_sessions.c.closed_at.is_(None),
            media_sessions.c.call_id.in_([call_id for _, call_id in open_calls]),
        )
    )
    expected = {(Place(row.node, row.boot), row.call_id) for row in rows}
    return [stray for stray in open_calls if stray not in expected]
