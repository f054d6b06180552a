"""Real servers for the whole session, started when the first test asks for them.

`TEST_BACKEND=containers` takes them from a Docker engine; otherwise they come with the checkout.
`TEST_POSTGRES_URL` and `KAFKA_BOOTSTRAP` name servers that run already.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from deploy import keys
from events.ids import uuid7
from events.transport.topics import wait_for_broker
from kit import migrations
from kit.db import Database
from kit.testing import signals
from stack import kafka, postgres


@pytest.fixture(scope="session", autouse=True)
def signals_() -> tuple[signals.Spans, signals.Numbers]:
    """Record this process's telemetry, before the first application could set up its own."""
    return signals.record()


@pytest.fixture
def spans(signals_: tuple[signals.Spans, signals.Numbers]) -> Iterator[signals.Spans]:
    """Look at the spans that end during a test."""
    spans, _ = signals_
    spans.kept, spans.looking = [], True
    yield spans
    spans.looking = False


@pytest.fixture
def numbers(signals_: tuple[signals.Spans, signals.Numbers]) -> signals.Numbers:
    """Look at what is measured from now on."""
    _, numbers = signals_
    numbers.begin()
    return numbers


def in_containers() -> bool:
    """Tell where the servers come from; a typing mistake must not choose for us."""
    backend = os.environ.get("TEST_BACKEND", "embedded")
    assert backend in ("embedded", "containers"), f"TEST_BACKEND={backend!r}: no such backend"
    return backend == "containers"


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a PostgreSQL where databases may be made."""
    if outside := os.environ.get("TEST_POSTGRES_URL"):
        yield outside
        return
    if in_containers():
        from events.transport.testing import containers  # noqa: PLC0415, needed by nobody else

        with containers.postgres() as address:
            yield address
        return
    with postgres.start(tmp_path_factory.mktemp("postgres")) as server:
        yield server.url


@pytest.fixture
async def empty_database(postgres_url: str) -> AsyncIterator[str]:
    """Make a database without tables; give its address."""
    name = f"empty_{uuid7().hex[-12:]}"
    admin = create_async_engine(postgres_url, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f'create database "{name}"'))
    yield make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    async with admin.connect() as connection:
        await connection.execute(text(f'drop database "{name}" with (force)'))
    await admin.dispose()


@pytest.fixture(scope="session")
def kafka_bootstrap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of an Apache Kafka."""
    if outside := os.environ.get("KAFKA_BOOTSTRAP"):
        yield outside
        return
    if in_containers():
        from events.transport.testing import containers  # noqa: PLC0415, as above

        with containers.kafka() as bootstrap:
            asyncio.run(wait_for_broker(bootstrap, containers.START_SECONDS))
            yield bootstrap
        return
    with kafka.start(tmp_path_factory.mktemp("kafka")) as server:
        yield server.bootstrap


@pytest.fixture(scope="session")
def keys_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder of keys for every issuer and service."""
    folder = tmp_path_factory.mktemp("keys")
    keys.ensure(folder)
    return folder


@pytest.fixture(scope="session")
async def service_database(
    postgres_url: str,
) -> AsyncIterator[Callable[[str], Awaitable[Database]]]:
    """Make a service's database, by the service's own migrations."""
    made: list[tuple[Database, str]] = []
    admin = create_async_engine(postgres_url, isolation_level="AUTOCOMMIT")

    async def make(service: str) -> Database:
        name = f"test_{service}_{uuid7().hex[-8:]}"
        async with admin.connect() as connection:
            await connection.execute(text(f'create database "{name}"'))
        url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
        await asyncio.to_thread(migrations.upgrade, service, url)
        made.append((Database(url), name))
        return made[-1][0]

    yield make
    for database, name in made:
        await database.engine.dispose()
        async with admin.connect() as connection:
            await connection.execute(text(f'drop database "{name}" with (force)'))
    await admin.dispose()


@pytest.fixture
def noon() -> datetime:
    """Give a moment in office hours: Monday noon UTC is 19:00 in Hanoi, so take 05:00 UTC."""
    return datetime(2026, 11, 2, 5, 0, tzinfo=UTC)
