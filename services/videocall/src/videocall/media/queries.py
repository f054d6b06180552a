"""Media sessions as rows."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from kit.db import Tx
from videocall.media.domain import NodeReport, Place, Session
from videocall.tables import media_sessions


async def session_of(tx: Tx, call_id: UUID) -> Session | None:
    """Return the media session of a call."""
    sessions = select(media_sessions).where(media_sessions.c.call_id == call_id)
    row = (await tx.execute(sessions)).one_or_none()
    if row is None:
        return None
    return Session(call_id, Place(row.node, row.boot), row.number, row.sealed_key)


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
