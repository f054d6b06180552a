"""Changes of the stock. HTTP, Kafka and the clock all come through here."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from catalog.numbers.domain import NoSuchNumber, Number, Sighting, Status
from catalog.tables import numbers
from kit.db import Tx


async def see(tx: Tx, number_id: UUID, sighting: Sighting) -> None:
    """Write down what a fact says about a number, unless we know better."""
    number = await _get(tx, number_id)
    number.see(sighting)


async def withdraw_number(tx: Tx, number_id: UUID, reason_code: str, *, now: datetime) -> Number:
    """Take a number off sale."""
    number = await _get(tx, number_id)
    if number.withdrawn_at is None:
        await tx.publish(number.withdraw(reason_code, now=now))
    return number


async def publish_number(
    tx: Tx, number_id: UUID, *, price_vnd: int | None, now: datetime
) -> Number:
    """Put a number on sale, or on sale for another price."""
    number = await _get(tx, number_id)
    await tx.publish(number.publish(price_vnd, now=now))
    return number


async def offer_rested_numbers(tx: Tx, *, now: datetime, batch: int = 1000) -> int:
    """Put numbers back on sale that have rested after their last hold."""
    rested = (numbers.c.status == Status.QUARANTINED) & (numbers.c.rests_until <= now)
    resting = select(numbers.c.id).where(rested).order_by(numbers.c.rests_until)
    due = resting.limit(batch).with_for_update(skip_locked=True).cte("due")
    freed = await tx.execute(
        update(numbers)
        .where(numbers.c.id == due.c.id)
        .values(
            status=Status.AVAILABLE,
            status_since=numbers.c.rests_until,
            version=numbers.c.version + 1,
        )
        .returning(numbers.c.id)
    )
    return len(freed.all())


async def _get(tx: Tx, number_id: UUID) -> Number:
    number = await tx.get(Number, number_id, with_for_update=True)
    if number is None:
        raise NoSuchNumber
    return number
