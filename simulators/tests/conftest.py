"""The simulators on a real database."""

import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.testing import empty

# pytest names these tests `simulators.tests...` after their folder and, where nobody has imported
# the package before, lets the folder stand for it. Only a real package has a file.
if getattr(sys.modules.get("simulators"), "__file__", None) is None:
    sys.modules.pop("simulators", None)

from simulators.settings import Settings
from simulators.tables import make_tables
from simulators.testing import Outside, Shop, outside_world


@pytest.fixture(scope="session")
async def database(postgres_url: str) -> AsyncIterator[Database]:
    name = f"test_simulators_{uuid7().hex[-8:]}"
    admin = create_async_engine(postgres_url, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f'create database "{name}"'))
    url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    db = Database(url)
    await make_tables(db)
    yield db
    await db.engine.dispose()
    async with admin.connect() as connection:
        await connection.execute(text(f'drop database "{name}" with (force)'))
    await admin.dispose()


@pytest.fixture
def clock_file(tmp_path: Path) -> Path:
    """Give the file that moves the clock."""
    file = tmp_path / "clock"
    file.write_text("0")
    return file


@pytest.fixture
def move_clock(clock_file: Path) -> Callable[[int], None]:
    """Move the clock of the simulators by seconds."""

    def move(seconds: int) -> None:
        clock_file.write_text(str(seconds))

    return move


@pytest.fixture
async def settings(database: Database, clock_file: Path) -> AsyncIterator[Settings]:
    yield Settings.model_validate(
        {
            "database_url": database.engine.url.render_as_string(hide_password=False),
            "vnpay_tmn_code": "TESTTMN1",
            "vnpay_secret": "SECRETKEY0123456789",
            "vnpay_ipn_url": "http://shop.test/v1/payments/vnpay/ipn",
            "carrier_token": "carrier-token",
            "carrier_webhook_url": "http://shop.test/v1/carriers/ghn/webhook/the-secret",
            "msale_secret": "msale-secret",
            "msale_callback_url": "http://shop.test/v1/msale/callback",
            "smdp_notification_url": "http://shop.test/v1/smdp/notifications",
            "ekyc_api_key": "ekyc-key",
            "smtp_port": 0,
            "clock_file": clock_file,
        }
    )
    clock.follow(None)
    await empty(database)


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
async def outside(settings: Settings, shop: Shop) -> AsyncIterator[Outside]:
    async with outside_world(settings, shop.app()) as running:
        yield running
