"""A database with the tables of a feed, and a partner."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
from libs.feed.tests.news_for_tests import TERMS, Sessions
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from events.ids import uuid7
from feed.deliverer import Deliverer
from feed.endpoints import Webhook, create
from feed.outside import Caller
from feed.signing import Keys, Seal
from feed.tables import metadata
from feed.testing import Receiver, receiving
from kit import clock
from kit.sealing import Sealer


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


@pytest.fixture
def partner() -> UUID:
    return uuid7()


@pytest.fixture
def seal(keys_dir: Path) -> Seal:
    return Sealer(keys_dir, "hold")


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
async def webhook(
    sessions: Sessions, partner: UUID, receiver: Receiver, seal: Seal
) -> tuple[Webhook, Keys]:
    async with sessions.begin() as tx:
        return await create(tx, partner, receiver.url, after=None, seal=seal, now=clock.now())


@pytest.fixture
async def deliverer(sessions: Sessions, seal: Seal) -> AsyncIterator[Deliverer[AsyncSession]]:
    caller = Caller(seconds=5, private=True)
    yield Deliverer(sessions.begin, seal, caller, TERMS)
    await caller.close()
