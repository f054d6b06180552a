"""Recordings as rows, which the watch job keeps true."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from kit.db import Tx
from videocall.recordings.domain import UNBEGUN, Part, PartState, Recording, RecordingState
from videocall.settings import Settings
from videocall.tables import recording_parts


async def recording_of(tx: Tx, call_id: UUID, *, standby: bool = False) -> Recording:
    """Return the parts of a call, the oldest of each party first; on request all on standby."""
    columns = [recording_parts.c[name] for name in Part.__dataclass_fields__]
    left_out = [PartState.DROPPED] if standby else UNBEGUN
    of_call = select(*columns).where(
        recording_parts.c.call_id == call_id, recording_parts.c.state.not_in(left_out)
    )
    rows = (await tx.execute(of_call.order_by(recording_parts.c.part))).mappings()
    return Recording(tuple(Part(**row) for row in rows))


def may_be_approved(recording: Recording, *, settings: Settings, now: datetime) -> bool:
    """Tell whether a call is recorded well enough to be approved, both parties and at present.

    Where media are optional, calls in which not both sent a picture may be approved without.
    """
    if settings.media_optional and not recording.of_both:
        return True
    state = recording.state(now=now, stalled_after=settings.recording_stalled_after)
    return state is RecordingState.OK and recording.lasts(settings.shortest_recording)
