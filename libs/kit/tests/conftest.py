"""A database with a table whose constraint speaks only at the commit, and a door to it."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Column, Integer, Table, UniqueConstraint, Uuid, text
from sqlalchemy.ext.asyncio import create_async_engine

from events.ids import uuid7
from kit.db import Database, service_registry
from kit.testing import empty

metadata = service_registry().metadata
things = Table(
    "thing",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slot", Integer, nullable=False),
    UniqueConstraint("slot", name="one_per_slot", deferrable=True, initially="DEFERRED"),
)
leftovers = Table("leftover", metadata, Column("id", Uuid, primary_key=True))


@pytest.fixture(scope="session")
async def database(postgres_url: str) -> AsyncIterator[Database]:
    name = f"test_kit_{uuid7().hex[-8:]}"
    admin = create_async_engine(postgres_url, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f'create database "{name}"'))
    url = admin.url.set(database=name).render_as_string(hide_password=False)
    db = Database(url)
    async with db.engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    yield db
    await db.engine.dispose()
    async with admin.connect() as connection:
        await connection.execute(text(f'drop database "{name}" with (force)'))
    await admin.dispose()


@pytest.fixture
async def db(database: Database) -> AsyncIterator[Database]:
    yield database
    await empty(database)
