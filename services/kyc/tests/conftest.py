"""The kyc service on a real database, and the real mobi eKYC simulator."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from services.kyc.tests.people import jpeg
from services.kyc.tests.world import World
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.testing import empty
from kyc.main import create_app
from kyc.settings import Settings
from simulators.main import running
from simulators.settings import Settings as OutsideSettings


@pytest.fixture(scope="session")
async def database(
    service_database: Callable[[str], Awaitable[Database]],
) -> Database:
    return await service_database("kyc")


@pytest.fixture
async def db(database: Database) -> AsyncIterator[Database]:
    yield database
    await empty(database)


@pytest.fixture(scope="session")
async def outside(postgres_url: str) -> AsyncIterator[httpx.ASGITransport]:
    """Run the simulators of the outside world in this process."""
    name = f"test_outside_{uuid7().hex[-8:]}"
    admin = create_async_engine(postgres_url, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f'create database "{name}"'))
    url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    secrets = {"vnpay_secret": "v", "msale_secret": "m", "ekyc_api_key": "our-key"}
    settings = OutsideSettings.model_validate(
        {"database_url": url, "smtp_port": None, "pool_size": 4, **secrets}
    )
    async with running(settings) as app:
        yield httpx.ASGITransport(app)
    async with admin.connect() as connection:
        await connection.execute(text(f'drop database "{name}" with (force)'))
    await admin.dispose()


@pytest.fixture
async def world(
    db: Database, keys_dir: Path, outside: httpx.ASGITransport, tmp_path: Path
) -> AsyncIterator[World]:
    clock_file = tmp_path / "clock"
    settings = Settings.model_validate(
        {
            "database_url": db.engine.url.render_as_string(hide_password=False),
            "keys_dir": keys_dir,
            "ekyc_url": "http://outside/ekyc",
            "ekyc_api_key": "our-key",
            "clock_file": clock_file,
        }
    )
    app = create_app(settings, db, outside=outside)
    async with httpx.AsyncClient(transport=outside, base_url="http://outside") as phone:
        yield World(app, db, keys_dir, phone, clock_file)
        await phone.delete("/faults")
    clock.follow(None)


@pytest.fixture
def picture() -> Callable[..., bytes]:
    return jpeg
