"""A small stock, and ways in."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from catalog.main import create_app
from catalog.seed import seed
from catalog.settings import Settings
from kit.db import Database
from kit.testing import client as client_of
from kit.testing import empty

SMALL = 3000


@pytest.fixture(scope="session")
async def database(service_database: Callable[[str], Awaitable[Database]]) -> Database:
    return await service_database("catalog")


@pytest.fixture
async def db(database: Database) -> AsyncIterator[Database]:
    await seed(database, SMALL)
    yield database
    await empty(database)


@pytest.fixture
def settings(database: Database, keys_dir: Path) -> Settings:
    url = database.engine.url.render_as_string(hide_password=False)
    return Settings.model_validate({"database_url": url, "keys_dir": keys_dir})


@pytest.fixture
def app(settings: Settings, db: Database) -> FastAPI:
    return create_app(settings, db)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as anyone:
        yield anyone
