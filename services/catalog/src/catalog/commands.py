"""What can be done to the stock. HTTP, Kafka and the clock all come through here."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, case, literal, or_, select, update

from catalog.classes.domain import TOP_CLASSES
from catalog.domain import NoSuchNumber, Number, Sighting, Status
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


async def offer_rested_numbers(
    tx: Tx, *, now: datetime, rest: timedelta, rest_of_top: timedelta, batch: int = 1000
) -> int:
    """Put numbers back on sale that have rested long enough after their last hold."""
    since, top = numbers.c.status_since, numbers.c.price_class.in_(TOP_CLASSES)
    rested = or_(
        and_(~top, since <= now - rest),
        and_(top, since <= now - rest_of_top),
    )
    resting = select(numbers.c.id).where(numbers.c.status == Status.QUARANTINED, rested)
    due = resting.order_by(since).limit(batch).with_for_update(skip_locked=True).cte("due")
    rested_at = since + case((top, literal(rest_of_top)), else_=literal(rest))
    freed = await tx.execute(
        update(numbers)
        .where(numbers.c.id == due.c.id)
        .values(status=Status.AVAILABLE, status_since=rested_at, version=numbers.c.version + 1)
        .returning(numbers.c.id)
    )
    return len(freed.all())


async def _get(tx: Tx, number_id: UUID) -> Number:
    number = await tx.get(Number, number_id, with_for_update=True)
    if number is None:
        raise NoSuchNumber
    return number
