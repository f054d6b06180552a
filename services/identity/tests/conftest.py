"""The identity service on a real database, and a phone network that stands in for the gateway."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import httpx
import pytest
from services.identity.tests.people import SIGN_IN, SmsGatewayStandIn, World, browser_of

from identity.codes.gateways import SmsGateway
from identity.main import create_app
from identity.settings import Settings
from kit import clock
from kit.db import Database
from kit.testing import empty


@pytest.fixture(scope="session")
async def database(service_database: Callable[[str], Awaitable[Database]]) -> Database:
    return await service_database("identity")


@pytest.fixture
async def db(database: Database) -> AsyncIterator[Database]:
    yield database
    await empty(database)


@pytest.fixture
def settings(db: Database, keys_dir: Path, tmp_path: Path) -> Settings:
    url = db.engine.url.render_as_string(hide_password=False)
    return Settings.model_validate(
        {
            "database_url": url,
            "keys_dir": keys_dir,
            "sms_url": "http://sms",
            "clock_file": tmp_path / "clock",
        }
    )


@pytest.fixture
def world(settings: Settings, db: Database) -> Iterator[World]:
    sms = SmsGatewayStandIn()
    gateway = SmsGateway("http://sms", httpx.ASGITransport(sms.app()))
    app = create_app(settings, db, gateway)
    assert settings.clock_file
    yield World(app, db, sms, settings.clock_file)
    clock.follow(None)


@pytest.fixture
async def browser(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """Give a browser in which a customer has signed in."""
    await world.becomes_customer()
    async with browser_of(world.app) as http:
        answer = await http.post("/v1/sessions", json=SIGN_IN)
        assert answer.status_code == 201, answer.text
        yield http
