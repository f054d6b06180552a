"""The shipping service on a real database, and a carrier to speak with."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from services.shipping.tests.ghn import Ghn
from services.shipping.tests.world import SECRET, Journey, Journeys

from kit.db import Database
from kit.sealing import Sealer
from kit.tasks import Runner
from kit.testing import empty
from shipping.carriers.gateways import GhnGateway
from shipping.carriers.jobs import TaskHandlers
from shipping.main import create_app
from shipping.settings import Settings


@pytest.fixture(scope="session")
async def database(service_database: Any) -> Database:
    made: Database = await service_database("shipping")
    return made


@pytest.fixture
async def db(database: Database) -> AsyncIterator[Database]:
    yield database
    await empty(database)


@pytest.fixture
def settings(db: Database, keys_dir: Path) -> Settings:
    return Settings.model_validate(
        {
            "database_url": db.engine.url.render_as_string(hide_password=False),
            "keys_dir": keys_dir,
            "webhook_secret": SECRET,
            "ghn_url": "http://ghn.test",
            "ghn_token": "ghn-token",
            "ghn_shop_id": 7,
        }
    )


@pytest.fixture
def app(settings: Settings, db: Database) -> FastAPI:
    return create_app(settings, db)


@pytest.fixture
def ghn() -> Ghn:
    return Ghn()


@pytest.fixture
def task_runner(ghn: Ghn, settings: Settings, db: Database, keys_dir: Path) -> Runner:
    gateway = GhnGateway(settings, transport=httpx.ASGITransport(ghn.app()))
    return Runner(TaskHandlers(gateway, Sealer(keys_dir, "shipping")).tasks(), db)


@pytest.fixture
def new_journey(db: Database, app: FastAPI, keys_dir: Path, task_runner: Runner) -> Journeys:
    def make(**more: Any) -> Journey:
        return Journey(db, app, keys_dir, task_runner, **more)

    return make


@pytest.fixture
async def journey(new_journey: Journeys) -> Journey:
    """Pack a parcel that is paid online; it waits for its courier."""
    made = await (await new_journey().begin()).book()
    await made.pack()
    return made


@pytest.fixture
async def cod(new_journey: Journeys) -> Journey:
    """Pack a parcel whose money the courier collects."""
    made = await (await new_journey(payment="COD").begin()).book()
    await made.pack()
    return made
