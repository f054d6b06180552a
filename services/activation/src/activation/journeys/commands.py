"""The beginning of a journey: the hold, and the digits of its number."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert as upsert

from activation.tables import activations, numbers
from events import HoldCreated
from kit.db import Tx


async def begin(tx: Tx, created: HoldCreated) -> None:
    """Know of a hold from its birth, so that whatever is heard next finds its place."""
    row = {
        "id": created.event_id,
        "hold_id": created.hold_id,
        "number_id": created.number_id,
        "customer_id": created.customer_id,
        "sim": created.sim,
        "stage": "OPEN",
        "submission": 0,
        "version": 1,
    }
    await tx.execute(upsert(activations).values(row).on_conflict_do_nothing())


async def remember_number(tx: Tx, number_id: UUID, msisdn: str) -> None:
    """Keep a number's digits: the connection needs them, and journey events do not carry them."""
    row = upsert(numbers).values(id=number_id, msisdn=msisdn)
    await tx.execute(row.on_conflict_do_nothing())
