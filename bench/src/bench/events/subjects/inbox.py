"""Our consumer with its inbox."""

from psycopg import AsyncConnection
from sqlalchemy.ext.asyncio import AsyncSession

from bench.events import facts
from bench.events.counting import Count
from bench.events.effects import UPSERT, upsert
from bench.meter import Figures
from events import HoldCreated
from events.transport import Inbox, Subscriptions
from events.transport.consumer import Consumer


async def measure(*, database: str, kafka: str, group: str, count: int, session: str) -> Figures:
    """Handle so many facts; the handler speaks psycopg, or through the session."""
    noted = Count(count)
    write = {"psycopg": _write_by_psycopg, "AsyncSession": _write_by_session}[session]

    async def handle(fact: HoldCreated, tx: AsyncSession) -> None:
        noted.begin()
        await write(fact, tx)
        noted.note()

    subscriptions = Subscriptions[AsyncSession](group)
    subscriptions.on(HoldCreated)(handle)
    async with facts.sessions(database, size=8) as sessions:
        await Consumer(Inbox(subscriptions, sessions.begin), kafka).run(noted.full)
    return noted.figures()


async def _write_by_session(fact: HoldCreated, tx: AsyncSession) -> None:
    await tx.execute(upsert(fact))


async def _write_by_psycopg(fact: HoldCreated, tx: AsyncSession) -> None:
    """Use the connection of the inbox's own transaction."""
    driver = tx.info.get("driver")
    if driver is None:  # once for a batch, for that is a transaction, and it has begun
        driver = tx.sync_session.connection().connection.driver_connection
        assert isinstance(driver, AsyncConnection)
        tx.info["driver"] = driver
    await driver.execute(UPSERT, (fact.key, fact.price_vnd))
