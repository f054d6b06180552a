"""A manager of partners at the console: secrets, webhooks and events of a channel (SA.1, SB.4)."""

import json
from collections.abc import AsyncIterator
from random import SystemRandom
from typing import Final

import pytest
from playwright.async_api import expect
from standardwebhooks import Webhook as Verifier
from tests.web.console.clerk import Clerk
from tests.web.console.conftest import Sits
from tests.web.console.test_accessible import faults_of

from demo.actors import Actors
from demo.gateway import Refusal, until
from demo.papers import somebody
from demo.staff import Channel
from events.ids import uuid7
from feed.testing import Received, Receiver, receiving

TOKEN: Final = "/api/identity/v1/oauth/token"


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


def new_code() -> str:
    """Make up the code of a channel."""
    return f"KENH{uuid7().hex[-8:].upper()}"


async def token_status(actors: Actors, client_id: str, secret: str) -> int:
    """Ask for a token as the channel's client does."""
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    return (await actors.client.post(TOKEN, data=form)).status_code


async def registered(clerk: Clerk, name: str, code: str) -> str:
    """Register a channel at the console; return the secret, which is shown this once."""
    await clerk.opens("/partners")
    await clerk.presses("Đăng ký kênh")
    await clerk.dialog.get_by_label("Tên kênh").fill(name)
    await clerk.dialog.get_by_label("Mã kênh").fill(code)
    await clerk.dialog.get_by_label("Mã ứng dụng").fill(code.lower())
    await clerk.presses("Đăng ký kênh", within=clerk.dialog)
    return await shown_secret(clerk)


async def webhook_added(clerk: Clerk, url: str) -> str:
    """Add a webhook to the channel that is open; return the key it signs with."""
    await clerk.presses("Webhook")
    await clerk.presses("Thêm webhook")
    await clerk.dialog.get_by_label("Địa chỉ nhận").fill(url)
    await clerk.presses("Thêm webhook", within=clerk.dialog)
    return await shown_secret(clerk)


async def shown_secret(clerk: Clerk) -> str:
    """Copy the secret that a dialog shows, and close it."""
    shown = clerk.dialog.get_by_role("status", name="Mã bí mật mới")
    secret = await shown.inner_text()
    await clerk.presses("Chép mã")
    await clerk.presses("Tôi đã lưu mã")
    await expect(clerk.dialog).to_have_count(0)
    assert secret not in await clerk.page.content()
    return secret


async def test_a_manager_changes_a_secret_and_the_old_one_stops(sits: Sits, actors: Actors) -> None:
    clerk = await sits("partner1")
    code = new_code()
    first = await registered(clerk, f"Kênh thử {code}", code)
    await expect(clerk.page.get_by_role("heading", name=f"Kênh thử {code}")).to_be_visible()
    assert await token_status(actors, code.lower(), first) == 200

    await clerk.presses("Đổi mã bí mật")
    await expect(clerk.dialog).to_contain_text("Mã đang dùng ngừng ngay")
    assert await faults_of(clerk) == []
    await clerk.presses("Đổi mã bí mật", within=clerk.dialog)
    await clerk.reads("Chép mã")
    assert await faults_of(clerk) == []
    second = await shown_secret(clerk)

    assert await token_status(actors, code.lower(), first) == 401
    assert await token_status(actors, code.lower(), second) == 200
    assert clerk.complaints == []


async def test_a_manager_tries_a_webhook_changes_its_secret_and_pushes_again(
    sits: Sits, actors: Actors, receiver: Receiver
) -> None:
    clerk = await sits("partner1")
    code = new_code()
    secret = await registered(clerk, f"Kênh đẩy tin {code}", code)
    signed_with = await webhook_added(clerk, receiver.url)
    await sold(actors, code.lower(), secret)
    await until("the sale to be pushed", lambda: pushes(receiver, 1))

    await clerk.chooses(receiver.url)
    await clerk.presses("Gửi thử")
    await clerk.reads("Nơi nhận trả lời 200")
    await clerk.presses("Đổi mã ký")
    await clerk.presses("Đổi mã ký", within=clerk.dialog)
    second = await shown_secret(clerk)
    await clerk.presses("Gửi lại từ đây: 1")
    assert await faults_of(clerk) == []
    await clerk.presses("Gửi lại", within=clerk.dialog)
    await until("the sale to be pushed again", lambda: pushes(receiver, 2))

    before, again = first_events(receiver)[:2]
    assert before.headers["webhook-id"] == again.headers["webhook-id"]
    Verifier(signed_with).verify(before.body, before.headers)
    for key in (signed_with, second):
        Verifier(key).verify(again.body, again.headers)
    await clerk.presses("Sự kiện")
    await clerk.chooses("Sự kiện 1: Đã có phiếu giữ")
    await clerk.reads("partner_reference")
    assert await faults_of(clerk) == []
    assert clerk.complaints == []


async def pushes(receiver: Receiver, count: int) -> bool:
    """Tell whether the channel's first event has been taken so often."""
    return len(first_events(receiver)) >= count


def first_events(receiver: Receiver) -> list[Received]:
    return [push for push in receiver.taken if json.loads(push.body)["sequence"] == 1]


async def sold(actors: Actors, client_id: str, secret: str) -> None:
    """Lock a number and hold it, as the channel does when its registration is known."""
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    token = (await actors.client.post(TOKEN, data=form)).json()["access_token"]
    channel = Channel(actors.gateway.as_(token))

    async def is_sold() -> bool:
        free = await actors.gateway.get("/api/catalog/v1/numbers", limit=100, sort="number")
        try:
            await channel.sells(SystemRandom().choice(free["items"]), "ESIM", somebody())
        except Refusal:
            return False
        return True

    await until("the channel to be known and to sell", is_sold)
