"""Writing down who looked at whose evidence (LAW19)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert

from activation.connections.commands import for_officer
from activation.connections.domain import ClaimItFirst, Officer
from activation.domain import Activation
from activation.tables import accesses
from events.ids import uuid7
from kit.db import Tx


async def look(
    tx: Tx, hold_id: UUID, officer: Officer, what: str, *, supervises: bool, now: datetime
) -> Activation:
    """Open a dossier's evidence for who decides about it, and write the look down.

    That is the officer on whose desk the dossier is, a supervisor, and anybody of the team while
    an incident is open.
    """
    activation = await for_officer(tx, hold_id, officer)
    decides = activation.claimed_by == officer.id or activation.incident is not None
    if not (decides or supervises):
        raise ClaimItFirst
    row = {"id": uuid7(), "at": now, "staff_id": officer.id, "hold_id": hold_id, "what": what}
    await tx.execute(insert(accesses).values(row))
    return activation
