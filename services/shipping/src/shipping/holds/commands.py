"""Holds as their events arrive. A hold's row is also the lock under which they are joined."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from kit.db import Tx
from kit.replication_lag import missing_hold
from shipping.holds.domain import KnownHold, NoSuchHold
from shipping.tables import holds, numbers


async def take_up(tx: Tx, hold_id: UUID) -> KnownHold:
    """Lock a hold's row, inserted if no event of it has arrived yet."""
    await tx.execute(insert(holds).values(id=hold_id).on_conflict_do_nothing())
    hold = await tx.get(KnownHold, hold_id, with_for_update=True)
    assert hold is not None
    return hold


async def of_customer(tx: Tx, hold_id: UUID, customer_id: UUID) -> KnownHold:
    """Lock a customer's own hold; unknown yet is not the same as somebody else's."""
    hold = await tx.get(KnownHold, hold_id, with_for_update=True)
    if hold is None:
        raise missing_hold(hold_id, NoSuchHold(hold_id))
    hold.check_owner(customer_id)
    return hold


async def name_number(tx: Tx, number_id: UUID, msisdn: str) -> None:
    """Remember the digits of a number's id, which staff read and search by."""
    row = insert(numbers).values(number_id=number_id, msisdn=msisdn)
    await tx.execute(row.on_conflict_do_nothing())
