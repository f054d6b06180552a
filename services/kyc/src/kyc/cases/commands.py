"""Looks of staff at a case, each of which is written down."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import insert

from kit.auth import Caller
from kit.db import Tx
from kyc.calls.commands import NoCallInHand, is_in_hand
from kyc.journeys.domain import Journey, NoSuchHold
from kyc.tables import accesses

REVIEWERS: Final = ("connection_officer", "region_manager")


async def case_of(tx: Tx, hold_id: UUID, caller: Caller) -> Journey:
    """Return the journey a member of staff may look into; another region's looks like none.

    Reviewers see the cases of their regions; a call agent that of the call in hand (SB.3.3a), also
    where calls of another region overflow to the agent's (SD.4).
    """
    journey = await tx.get(Journey, hold_id)
    reviews = not caller.roles.isdisjoint(REVIEWERS)
    in_hand = not reviews and await is_in_hand(tx, hold_id, caller.subject_id)
    if journey is None or not (in_hand or caller.covers(journey.region)):
        raise NoSuchHold(hold_id)
    if not (reviews or in_hand):
        raise NoCallInHand(hold_id)
    return journey


async def note_access(tx: Tx, hold_id: UUID, caller: Caller, what: str, *, now: datetime) -> None:
    """Write down a look of staff at the data of a hold's customer (LAW19)."""
    row = {"at": now, "staff_id": caller.subject_id, "hold_id": hold_id, "what": what}
    await tx.execute(insert(accesses).values(row))
