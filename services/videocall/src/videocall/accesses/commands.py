"""Writing the access log."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert

from kit.auth import Caller
from kit.db import Tx
from videocall.tables import accesses


async def note_access(tx: Tx, hold_id: UUID, caller: Caller, what: str, *, now: datetime) -> None:
    """Write down that a member of staff looked at a record (LAW19)."""
    row = {"at": now, "staff_id": caller.subject_id, "hold_id": hold_id, "what": what}
    await tx.execute(insert(accesses).values(row))
