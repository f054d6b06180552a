"""Against the payment simulator itself, which speaks VNPay's protocol on its own account."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from services.order.tests.vnpay import SECRET, TMN_CODE, VnPayStandIn, opened
from services.order.tests.world import World
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from events import (
    PaymentConfirmed,
    PaymentFailed,
    RefundAtBank,
    RefundCompleted,
    RefundFailed,
    RefundRequested,
)
from events.ids import uuid7
from kit.db import Database
from order.main import create_app
from order.settings import Settings
from simulators.settings import Settings as SimulatorSettings
from simulators.tables import make_tables
from simulators.testing import Outside, outside_world


class Later(httpx.AsyncBaseTransport):
    """Leads to an app that is made after its client."""

    to: httpx.ASGITransport

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self.to.handle_async_request(request)


@pytest.fixture(scope="module")
async def simulators_url(postgres_url: str) -> AsyncIterator[str]:
    name = f"test_order_outside_{uuid7().hex[-8:]}"
    admin = create_async_engine(postgres_url, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f'create database "{name}"'))
    url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    db = Database(url)
    await make_tables(db)
    await db.engine.dispose()
    yield url
    async with admin.connect() as connection:
        await connection.execute(text(f'drop database "{name}" with (force)'))
    await admin.dispose()


@pytest.fixture
async def joined(
    db: Database, keys_dir: Path, simulators_url: str
) -> AsyncIterator[tuple[World, Outside]]:
    to_gateway = Later()
    settings = Settings.model_validate(
        {
            "database_url": db.engine.url.render_as_string(hide_password=False),
            "keys_dir": keys_dir,
            "vnpay_url": "http://sim.test/payment",
            "vnpay_tmn_code": TMN_CODE,
            "vnpay_secret": SecretStr(SECRET),
            "hold_patience_seconds": 0,
        }
    )
    outside_settings = SimulatorSettings.model_validate(
        {
            "database_url": simulators_url,
            "vnpay_tmn_code": TMN_CODE,
            "vnpay_secret": SECRET,
            "vnpay_ipn_url": "http://shop.test/v1/payments/vnpay/ipn",
            "carrier_token": "unused",
            "carrier_webhook_url": "http://shop.test/unused",
            "msale_secret": "unused",
            "msale_callback_url": "http://shop.test/unused",
            "smdp_notification_url": "http://shop.test/unused",
            "ekyc_api_key": "unused",
            "smtp_port": 0,
        }
    )
    async with httpx.AsyncClient(transport=to_gateway) as outside:
        app = create_app(settings, db, outside)
        async with outside_world(outside_settings, app) as gateway:
            to_gateway.to = httpx.ASGITransport(gateway.app)
            yield World(db, app, keys_dir, VnPayStandIn()), gateway


async def _pay(gateway: Outside, pay_url: str, choice: str) -> None:
    page = await gateway.http.get(pay_url)
    assert page.status_code == 200, page.text
    reference = opened(pay_url)["vnp_TxnRef"]
    sent_back = await gateway.http.post(f"/payment/pay/{reference}/{choice}")
    assert sent_back.status_code == 303
    assert "/api/order/v1/payments/vnpay/return?" in sent_back.headers["location"]


async def test_a_customer_pays_and_is_refunded_by_the_gateway(
    joined: tuple[World, Outside],
) -> None:
    """F3.6 TH1, then F4.3 TH1: charged once, given back once."""
    world, gateway = joined
    order = await world.place(await world.hold(sim="ESIM"))

    await _pay(gateway, order["payment_url"], "SUCCEED")
    assert (await world.read(order))["status"] == "PENDING"
    await world.cancel_esim(order)
    await _until_refunds_end(world)

    reference = opened(order["payment_url"])["vnp_TxnRef"]
    assert (
        len(await world.published(RefundAtBank)) == len(await world.published(RefundCompleted)) == 1
    )
    assert await gateway.count("charges", reference) == 1
    assert await gateway.count("refunds", reference) == 1


@pytest.mark.parametrize(
    ("fault", "value", "reason"),
    [
        ("refuse_refund", None, "REFUND_REFUSED_BY_BANK"),
        ("refund_code", "95", "REFUND_REFUSED"),
        ("timeout_after_effect", None, None),
    ],
)
async def test_a_refund_that_goes_wrong_ends_at_the_bank_or_with_a_person(
    joined: tuple[World, Outside], fault: str, value: str | None, reason: str | None
) -> None:
    """G18: refused at once, refused by the bank, or taken on (code 94) with a lost answer."""
    world, gateway = joined
    order = await world.place(await world.hold(sim="ESIM"))
    await _pay(gateway, order["payment_url"], "SUCCEED")
    await gateway.fault("payment", fault, times=1, value=value, delay_seconds=0)

    await world.cancel_esim(order)
    await _until_refunds_end(world)

    assert [f.reason_code for f in await world.published(RefundFailed)] == (
        [reason] if reason else []
    )
    assert len(await world.published(RefundCompleted)) == (reason is None)


async def test_a_wrong_amount_at_the_gateway_goes_back(joined: tuple[World, Outside]) -> None:
    world, gateway = joined
    order = await world.place(await world.hold())
    await gateway.fault("payment", "wrong_amount", times=1)

    await _pay(gateway, order["payment_url"], "SUCCEED")
    await world.ask_about_payments(after=timedelta(minutes=2))
    await _until_refunds_end(world)

    [requested] = await world.published(RefundRequested)
    assert requested.amount_vnd == order["total_vnd"] + 1_000
    assert (await world.read(order))["status"] == "AWAITING_PAYMENT"


async def _until_refunds_end(world: World) -> None:
    async with asyncio.timeout(10):
        while not await world.published(RefundCompleted, RefundFailed):
            await world.run_tasks(after=timedelta(minutes=10))
            await asyncio.sleep(0.05)


async def test_a_customer_without_funds_may_try_again(joined: tuple[World, Outside]) -> None:
    """G10."""
    world, gateway = joined
    order = await world.place(await world.hold())

    await _pay(gateway, order["payment_url"], "NO_FUNDS")

    [failed] = await world.published(PaymentFailed)
    assert failed.reason_code == "NO_FUNDS"


async def test_a_callback_that_got_lost_is_made_up_for_by_asking(
    joined: tuple[World, Outside],
) -> None:
    """G10: querydr."""
    world, gateway = joined
    order = await world.place(await world.hold())
    await gateway.fault("payment", "lost_callback", times=1)

    await _pay(gateway, order["payment_url"], "SUCCEED")
    assert (await world.read(order))["status"] == "AWAITING_PAYMENT"
    await world.ask_about_payments(after=timedelta(minutes=2))

    assert (await world.read(order))["status"] == "PENDING"
    assert len(await world.published(PaymentConfirmed)) == 1
