"""An order service with a payment gateway, in a database of its own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from services.order.tests.vnpay import SECRET, TMN_CODE, VnPayStandIn
from services.order.tests.world import World

from kit.db import Database
from kit.testing import empty
from order.main import create_app
from order.settings import Settings


@pytest.fixture(scope="session")
async def database(service_database: Callable[[str], Awaitable[Database]]) -> Database:
    return await service_database("order")


@pytest.fixture
async def db(database: Database) -> AsyncIterator[Database]:
    yield database
    await empty(database)


@pytest.fixture
async def world(db: Database, keys_dir: Path) -> AsyncIterator[World]:
    vnpay = VnPayStandIn()
    url = db.engine.url.render_as_string(hide_password=False)
    settings = Settings(
        database_url=url,  # type: ignore[arg-type] # pydantic reads it
        keys_dir=keys_dir,
        vnpay_url="http://gateway/payment",
        vnpay_tmn_code=TMN_CODE,
        vnpay_secret=SecretStr(SECRET),
        hold_patience_seconds=0,
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(vnpay.app())) as outside:
        yield World(db, create_app(settings, db, outside), keys_dir, vnpay)
