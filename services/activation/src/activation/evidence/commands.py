"""Opening a dossier's evidence, with an entry in the access log (LAW19)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert

from activation.activations.commands import get_for_officer
from activation.activations.domain import Activation, Officer
from activation.activations.domain.connecting import ClaimItFirst
from activation.tables import accesses
from events.ids import uuid7
from kit.db import Tx


async def look(
    tx: Tx, hold_id: UUID, officer: Officer, what: str, *, supervises: bool, now: datetime
) -> Activation:
    """Open a dossier's evidence for the people who decide about it, and write the look down.

    They are the officer on whose desk the dossier is, a supervisor, and anybody of the team while
    an incident is open.
    """
    activation = await get_for_officer(tx, hold_id, officer)
    decides = activation.claimed_by == officer.id or activation.incident is not None
    if not (decides or supervises):
        raise ClaimItFirst
    row = {"id": uuid7(), "at": now, "staff_id": officer.id, "hold_id": hold_id, "what": what}
    await tx.execute(insert(accesses).values(row))
    return activation
