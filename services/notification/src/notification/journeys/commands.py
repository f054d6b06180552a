"""Journeys: noted from their holds, in any order of arrival."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from events import Defer, HoldCreated, NumberSoftLocked
from kit.db import Tx
from notification.tables import journeys, numbers


async def note_number(tx: Tx, locked: NumberSoftLocked) -> None:
    """Keep a number's digits: later facts carry only its id (F3.2)."""
    row = insert(numbers).values(id=locked.number_id, msisdn=locked.msisdn)
    await tx.execute(row.on_conflict_do_nothing())


async def note_hold(tx: Tx, created: HoldCreated) -> None:
    """Keep what later messages of this journey need; a claim that came before is not forgotten."""
    await tx.advisory_lock("journey", created.hold_id)
    values: dict[str, Any] = {
        "hold_code": created.hold_code,
        "sim": created.sim,
        "number_id": created.number_id,
    }
    row = insert(journeys).values(
        hold_id=created.hold_id, customer_id=created.customer_id, **values
    )
    owner = {"customer_id": created.customer_id} if created.customer_id else {}
    await tx.execute(row.on_conflict_do_update(index_elements=["hold_id"], set_=values | owner))


async def note_customer(tx: Tx, hold_id: UUID, customer_id: UUID) -> None:
    """Give a journey its customer, also before its hold is known (P3.3)."""
    await tx.advisory_lock("journey", hold_id)
    row = insert(journeys).values(hold_id=hold_id, customer_id=customer_id)
    await tx.execute(
        row.on_conflict_do_update(index_elements=["hold_id"], set_={"customer_id": customer_id})
    )


async def customer_of(tx: Tx, hold_id: UUID) -> UUID | None:
    """Return the customer of a journey, none before a claim; a fact that comes too soon waits."""
    await tx.advisory_lock("journey", hold_id)
    journey = select(journeys.c.hold_code, journeys.c.customer_id)
    row = (await tx.execute(journey.where(journeys.c.hold_id == hold_id))).one_or_none()
    if row is None or row.hold_code is None:
        raise Defer("HoldCreated")
    customer_id: UUID | None = row.customer_id
    return customer_id
