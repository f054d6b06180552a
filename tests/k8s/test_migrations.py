"""A pod waits for its schema: a rollout needs no order, and a roll-back does not wait for ever."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from events.ids import uuid7
from kit import migrations


@pytest.fixture
async def database_url(postgres_url: str) -> AsyncIterator[str]:
    name = f"rollout_{uuid7().hex[-12:]}"
    admin = create_async_engine(postgres_url, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f'create database "{name}"'))
    yield make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    async with admin.connect() as connection:
        await connection.execute(text(f'drop database "{name}" with (force)'))
    await admin.dispose()


async def migrations_of_hold(url: str, *arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "kit.migrations", "hold", *arguments),
        env=os.environ | {"HOLD_DATABASE_URL": url},
        stdout=asyncio.subprocess.PIPE,
    )


async def test_a_pod_waits_until_the_job_is_done(database_url: str) -> None:
    waiting = await migrations_of_hold(database_url, "--wait")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(waiting.wait(), 3)  # longer than it takes to look

    job = await migrations_of_hold(database_url)

    assert await asyncio.wait_for(job.wait(), 30) == 0
    assert await asyncio.wait_for(waiting.wait(), 30) == 0


@pytest.fixture
async def migrated(database_url: str) -> AsyncIterator[tuple[str, AsyncEngine]]:
    await asyncio.to_thread(migrations.upgrade, "hold", database_url)
    engine = create_async_engine(database_url)
    yield database_url, engine
    await engine.dispose()


async def test_code_that_was_rolled_back_does_not_mind_a_newer_schema(
    migrated: tuple[str, AsyncEngine],
) -> None:
    url, engine = migrated
    async with engine.begin() as connection:
        await connection.execute(text("update alembic_version set version_num = '9999'"))

    assert await asyncio.to_thread(migrations.is_up_to_date, "hold", url)


async def test_an_empty_database_is_not_up_to_date(database_url: str) -> None:
    assert not await asyncio.to_thread(migrations.is_up_to_date, "hold", database_url)
