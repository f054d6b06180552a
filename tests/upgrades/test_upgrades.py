"""A database that is in use goes over to the libraries' chains in place, and keeps every row."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import pytest
from alembic import command
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from events.ids import uuid7
from kit import migrations

HERE: Final = Path(__file__).parent
SERVICES: Final = sorted(folder.name for folder in migrations.SERVICES.iterdir() if folder.is_dir())

WORK_LIST_IN_SERVICES: Final = """
update kit_version set version_num = '0002';
update alembic_version set version_num = lpad((version_num::int + 1)::text, 4, '0');
"""
"""Each service had the work list's migration itself, so its later ones had one number more."""

NO_KIT_CHAIN: Final = """
drop table kit_version, ended_session, changed_staff, named_request, task_decision;
alter table task drop column region, drop column listed_at, drop column reason_code;
create index task_due_idx on task (due_at) where done_at is null;
update alembic_version set version_num = '{last}';
"""
"""The services' first migrations made all that there was."""

SHAPE: Final = """
select jsonb_build_array(relname, relkind, reloptions)::text
    from pg_class where relnamespace = 'public'::regnamespace
union all select (to_jsonb(c) - 'table_catalog' - 'ordinal_position' - 'dtd_identifier'
    - 'udt_catalog' - 'domain_catalog' - 'collation_catalog')::text
    from information_schema.columns c where table_schema = 'public'
union all select indexdef from pg_indexes where schemaname = 'public'
union all select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where connamespace = 'public'::regnamespace
union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
"""
"""Tables, columns, indexes, constraints, triggers and functions, a line each."""

TABLES: Final = "select tablename from pg_tables where schemaname = 'public'"

NewDatabase = Callable[[], Awaitable[AsyncEngine]]


@pytest.fixture
async def new_database(postgres_url: str) -> AsyncIterator[NewDatabase]:
    """Make empty databases that live for one test."""
    admin = create_async_engine(postgres_url, isolation_level="AUTOCOMMIT")
    engines: list[AsyncEngine] = []

    async def make() -> AsyncEngine:
        name = f"test_upgrade_{uuid7().hex[-8:]}"
        async with admin.connect() as connection:
            await connection.execute(text(f'create database "{name}"'))
        engines.append(create_async_engine(make_url(postgres_url).set(database=name)))
        return engines[-1]

    yield make
    for engine in engines:
        await engine.dispose()
        async with admin.connect() as connection:
            await connection.execute(text(f'drop database "{engine.url.database}" with (force)'))
    await admin.dispose()


async def run(engine: AsyncEngine, script: str) -> None:
    """Execute many statements at once."""
    async with engine.begin() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.execute(script)


async def rows(connection: AsyncConnection) -> dict[str, list[dict[str, Any]]]:
    """Return all that a database holds, but for versions."""
    tables = list(await connection.scalars(text(TABLES)))
    content = {
        table: list(await connection.scalars(text(f'select to_jsonb(r) from "{table}" r')))  # noqa: S608
        for table in tables
        if not table.endswith("_version")
    }
    return {table: rows_of_table for table, rows_of_table in content.items() if rows_of_table}


def address(engine: AsyncEngine) -> str:
    return engine.url.render_as_string(hide_password=False)


async def of_the_release_before(
    service: str, engine: AsyncEngine, revision: str = "head"
) -> AsyncEngine:
    """Make what the services' own migrations made then, with a row in each library's table."""
    config = migrations.config_for(service, address(engine))
    await asyncio.to_thread(command.upgrade, config, revision)
    await run(engine, (HERE / "libraries.sql").read_text())
    if service == "hold":
        await run(engine, (HERE / "feed.sql").read_text())
    return engine


async def assert_goes_over(service: str, old: AsyncEngine, fresh: AsyncEngine) -> None:
    """Upgrade an old database: nothing is lost, and it is made as a new one is."""
    async with old.connect() as connection:
        before = await rows(connection)
    assert {"outbox", "inbox", "parked", "task"} <= before.keys()
    assert not await asyncio.to_thread(migrations.is_up_to_date, service, address(old))

    await asyncio.to_thread(migrations.upgrade, service, address(old))
    await asyncio.to_thread(migrations.upgrade, service, address(fresh))

    assert await asyncio.to_thread(migrations.is_up_to_date, service, address(old))
    async with old.connect() as upgraded, fresh.connect() as new:
        shapes = [set(await at.scalars(text(SHAPE))) for at in (upgraded, new)]
        assert shapes[0] == shapes[1]
        after = await rows(upgraded)
    assert after.keys() == before.keys()
    for table, kept in before.items():
        assert [then | now for then, now in zip(kept, after[table], strict=True)] == after[table]
        assert [now | then for then, now in zip(kept, after[table], strict=True)] == after[table]


@pytest.mark.parametrize("service", SERVICES)
async def test_a_database_of_the_release_before_goes_over(
    service: str, new_database: NewDatabase
) -> None:
    old = await of_the_release_before(service, await new_database())

    await assert_goes_over(service, old, await new_database())


@pytest.mark.parametrize("service", SERVICES)
async def test_numbers_that_the_work_list_moved_are_known(
    service: str, new_database: NewDatabase
) -> None:
    old = await of_the_release_before(service, await new_database())
    await run(old, WORK_LIST_IN_SERVICES)

    await assert_goes_over(service, old, await new_database())


@pytest.mark.parametrize("service", ["hold", "notification"])
async def test_a_database_from_before_the_kit_had_a_chain_goes_over(
    service: str, new_database: NewDatabase
) -> None:
    old = await of_the_release_before(service, await new_database(), "0001")
    await run(old, NO_KIT_CHAIN.format(last="0004" if service == "hold" else "0003"))

    await assert_goes_over(service, old, await new_database())
