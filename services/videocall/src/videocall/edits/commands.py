"""Writing down what a supervisor changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert

from events import Region
from kit.auth import Caller
from kit.db import Tx
from videocall.edits.domain import What
from videocall.tables import edits


async def note_edit(
    tx: Tx,
    caller: Caller,
    what: What,
    subject: str,
    *,
    region: Region | None,
    before: Any,
    after: Any,
    now: datetime,
) -> None:
    """Write down who changed what, and how it was before; null is that there was nothing."""
    row = {"at": now, "staff_id": caller.subject_id, "what": what, "subject": subject}
    of_region = {"region": region, "before": before, "after": after}
    await tx.execute(insert(edits).values(row | of_region))
