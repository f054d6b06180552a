"""The parked events of a service, and the time that passes for them."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from events.transport.subscriptions import S, Transaction
from events.transport.tables import parked


async def parked_events(transaction: Transaction[S]) -> list[tuple[str, str, int]]:
    """List topic, state and attempts of what is parked, in order."""
    columns = (parked.c.topic, parked.c.state, parked.c.attempts)
    async with transaction() as tx:
        rows = await tx.execute(select(*columns).order_by(parked.c.position))
        return [(topic, state, attempts) for topic, state, attempts in rows]


async def make_all_due(transaction: Transaction[S]) -> None:
    """Make all parked events that have a next try due now."""
    rests = parked.c.next_try_at.is_not(None)
    async with transaction() as tx:
        past = datetime.now(UTC) - timedelta(seconds=1)
        await tx.execute(update(parked).where(rests).values(next_try_at=past))
