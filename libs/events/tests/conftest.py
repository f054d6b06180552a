"""A database with the tables of the transport alone, and events to put there."""

from collections.abc import AsyncIterator, Callable, Collection
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from events import CATALOGUE, HoldConfirmed, HoldReleased
from events.ids import uuid7
from events.transport import Envelope, Inbox, metadata, topics
from events.transport.testing import Listener, begin_at_the_end

Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture
async def database_url(empty_database: str) -> str:
    engine = create_async_engine(empty_database)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await engine.dispose()
    return empty_database


@pytest.fixture
async def sessions(database_url: str) -> AsyncIterator[Sessions]:
    engine = create_async_engine(database_url, pool_size=20)
    yield async_sessionmaker(engine, expire_on_commit=False)
    await engine.dispose()


@pytest.fixture(scope="session")
async def broker(kafka_bootstrap: str) -> str:
    await topics.wait_for_broker(kafka_bootstrap, 30)
    await topics.ensure(kafka_bootstrap, CATALOGUE)
    return kafka_bootstrap


@pytest.fixture
async def kafka(broker: str, group: str) -> str:
    """Give Kafka's address; the group of the test hears nothing of other tests."""
    await begin_at_the_end(broker, group, ["HoldConfirmed", "HoldReleased"])
    return broker


@pytest.fixture
def group() -> str:
    """Name a consumer group nobody had before."""
    return f"listener-{uuid7().hex[-12:]}"


@pytest.fixture
def wrapped_confirmed(confirmed: Callable[[UUID], HoldConfirmed]) -> Callable[[UUID], Envelope]:
    """State that a hold was confirmed, as it arrives."""
    return lambda hold_id: Envelope.around(confirmed(hold_id))


@pytest.fixture
def wrapped_released(released: Callable[[UUID], HoldReleased]) -> Callable[[UUID], Envelope]:
    """State that a hold was released, as it arrives."""
    return lambda hold_id: Envelope.around(released(hold_id))


@pytest.fixture
def listener(listen: Callable[[Collection[UUID]], Listener]) -> Listener:
    """Make a service that listens to everything."""
    return listen(())


@pytest.fixture
def inbox(listener: Listener, sessions: Sessions) -> Inbox[AsyncSession]:
    return Inbox(listener.subscriptions, sessions.begin)


@pytest.fixture
def listen(sessions: Sessions, group: str) -> Callable[[Collection[UUID]], Listener]:
    """Make a service that listens to what is said of some holds."""
    return lambda holds: Listener(group, sessions.begin, holds, (HoldConfirmed, HoldReleased))


@pytest.fixture
def confirmed() -> Callable[[UUID], HoldConfirmed]:
    """State that a hold was confirmed."""
    return lambda hold_id: HoldConfirmed(
        occurred_at=datetime.now(UTC), hold_id=hold_id, number_id=uuid7(), because="PAID"
    )


@pytest.fixture
def released() -> Callable[[UUID], HoldReleased]:
    """State that a hold was released."""
    return lambda hold_id: HoldReleased(
        occurred_at=datetime.now(UTC), hold_id=hold_id, number_id=uuid7(), reason_code="CUSTOMER"
    )
