"""Shipping and the carrier simulator, which speaks GHN's protocol, face to face (flow 4)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from services.shipping.tests.world import SECRET, Journeys
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from events.ids import uuid7
from kit.db import Database
from kit.sealing import Sealer
from kit.tasks import Runner
from kit.testing import published
from shipping.carriers.gateways import GhnGateway
from shipping.carriers.jobs import TaskHandlers
from shipping.settings import Settings
from simulators.settings import Settings as SimulatorSettings
from simulators.testing import Outside, outside_world


@pytest.fixture(scope="module")
async def simulator_url(postgres_url: str) -> AsyncIterator[str]:
    name = f"test_simulators_{uuid7().hex[-8:]}"
    admin = create_async_engine(postgres_url, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f'create database "{name}"'))
        yield make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
        await connection.execute(text(f'drop database "{name}" with (force)'))
    await admin.dispose()


@pytest.fixture
async def outside(simulator_url: str, app: FastAPI) -> AsyncIterator[Outside]:
    told = {
        "database_url": simulator_url,
        "vnpay_secret": "-",
        "msale_secret": "-",
        "smtp_port": None,
        "carrier_token": "ghn-token",
        "carrier_webhook_url": f"http://shipping.test/v1/carriers/ghn/webhook/{SECRET}",
    }
    async with outside_world(SimulatorSettings.model_validate(told), app) as world:
        yield world


@pytest.fixture
def task_runner(outside: Outside, settings: Settings, db: Database, keys_dir: Path) -> Runner:
    gateway = GhnGateway(settings, transport=httpx.ASGITransport(outside.app))
    return Runner(TaskHandlers(gateway, Sealer(keys_dir, "shipping")).tasks(), db)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"ghn_url": "http://sim.test/carrier"})


async def test_a_parcel_is_booked_collected_and_delivered_against_cash(
    new_journey: Journeys, outside: Outside, db: Database
) -> None:
    """F4.8 to F4.23, through F4.15 TH2 and F4.19 TH2."""
    journey = await (await new_journey(payment="COD").begin()).book()
    await journey.pack()
    code = (await journey.shipment()).tracking_code

    for action in ("picked", "delivering", "delivered"):
        await outside.http.post(f"/carrier/shipper/{code}/{action}")
    await until("DELIVERED", journey.status)

    assert await published(db) == [
        "ShipmentConfirmed",
        "ShipmentBooked",
        "ShipmentPacked",
        "ShipmentHandedOver",
        "CodCollected",
        "ShipmentDelivered",
    ]
    assert await outside.count("shipments", str((await journey.shipment()).id)) == 1


async def test_a_parcel_refused_at_the_door_comes_back(
    new_journey: Journeys, outside: Outside, db: Database
) -> None:
    """F4.15 TH1, F4.16 to F4.18, G21; every message sent twice."""
    await outside.fault("carrier", "duplicate_callback")
    journey = await (await new_journey().begin()).book()
    await journey.pack()
    code = (await journey.shipment()).tracking_code

    for action in ("picked", "refused", "return", "returning", "returned"):
        await outside.http.post(f"/carrier/shipper/{code}/{action}")
    await until("RETURNED", journey.status)

    assert (await published(db))[3:] == [
        "ShipmentHandedOver",
        "DeliveryRefused",
        "ShipmentReturned",
    ]


async def test_a_parcel_refused_once_and_brought_again_is_paid_for(
    new_journey: Journeys, outside: Outside, db: Database
) -> None:
    """F4.15 TH2 after TH1; every message sent twice."""
    await outside.fault("carrier", "duplicate_callback")
    journey = await (await new_journey(payment="COD").begin()).book()
    await journey.pack()
    code = (await journey.shipment()).tracking_code

    for action in ("picked", "delivery_failed", "refused", "storing", "delivering", "delivered"):
        await outside.http.post(f"/carrier/shipper/{code}/{action}")
    await until("DELIVERED", journey.status)

    assert (await published(db))[3:] == ["ShipmentHandedOver", "CodCollected", "ShipmentDelivered"]


async def test_a_lost_booking_answer_and_a_cancellation_leave_one_cancelled_order(
    new_journey: Journeys, outside: Outside
) -> None:
    """F4.10 TH1, G18."""
    await outside.fault("carrier", "timeout_after_effect", times=1, delay_seconds=0)
    journey = await new_journey().begin()
    await journey.confirm()
    await journey.work()
    await journey.hear(journey.cancel_requested())

    for _ in range(3):
        await journey.work()

    shipment = await journey.shipment()
    assert shipment.status == "CANCELLED"
    assert await outside.count("shipments", str(shipment.id)) == 1
    collect = await outside.http.post(f"/carrier/shipper/{shipment.tracking_code}/picked")
    assert collect.status_code == 409


async def until(expected: str, status: Callable[[], Awaitable[str]]) -> None:
    """Wait for the carrier's messages to arrive."""
    async with asyncio.timeout(10):
        while await status() != expected:  # noqa: ASYNC110, what another system sends is no event
            await asyncio.sleep(0.02)
