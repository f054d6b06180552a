"""A customer on the way to the network, an mSale to talk to, and a desk."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from services.activation.tests.journey import SECRET, Journey
from services.activation.tests.msale import MsaleStandIn

from activation.main import create_app
from activation.settings import Settings
from kit.db import Database
from kit.testing import empty


@pytest.fixture(scope="session")
async def database(service_database: Callable[[str], Awaitable[Database]]) -> Database:
    return await service_database("activation")


@pytest.fixture
async def db(database: Database) -> AsyncIterator[Database]:
    yield database
    await empty(database)


@pytest.fixture
def msale() -> MsaleStandIn:
    return MsaleStandIn()


@pytest.fixture
async def app(db: Database, keys_dir: Path, msale: MsaleStandIn) -> AsyncIterator[FastAPI]:
    url = db.engine.url.render_as_string(hide_password=False)
    settings = Settings(
        database_url=url,  # type: ignore[arg-type] # pydantic reads it
        keys_dir=keys_dir,
        msale_url="http://msale/msale",
        msale_secret=SecretStr(SECRET),
    )
    transport = httpx.ASGITransport(msale.app(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport) as outside:
        yield create_app(settings, db, outside)


@pytest.fixture
async def esim(db: Database, app: FastAPI, keys_dir: Path, noon: datetime) -> Journey:
    journey = Journey(db, app, keys_dir, "ESIM", noon)
    await journey.hears(*journey.told())
    return journey


@pytest.fixture
async def physical(db: Database, app: FastAPI, keys_dir: Path, noon: datetime) -> Journey:
    journey = Journey(db, app, keys_dir, "PHYSICAL", noon)
    await journey.hears(*journey.told())
    return journey
