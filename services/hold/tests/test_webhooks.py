"""Partners say where to push, and look after it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from services.hold.tests.test_feed import sold
from services.hold.tests.world import As, Offer
from standardwebhooks import Webhook as Verifier

from events.ids import uuid7
from feed import journal
from feed.testing import Receiver, receiving
from hold.main import create_app
from hold.settings import Settings
from hold.webhooks.gateways import WebhookSender
from kit import clock
from kit.db import Database

WEBHOOKS = "/v1/partner/webhooks"


@pytest.fixture
async def app(settings: Settings, db: Database) -> AsyncIterator[FastAPI]:
    local = {"webhooks_to_private_addresses": True, "webhooks_per_partner": 3}
    app = create_app(settings.model_copy(update=local), db)
    yield app
    await app.state.webhook_sender.close()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


async def push(app: FastAPI, db: Database) -> int:
    sender = app.state.webhook_sender
    assert isinstance(sender, WebhookSender)
    await journal.number_all(db.transaction)
    return await sender.deliverer.deliver_some(now=clock.now())


async def created(client: httpx.AsyncClient, url: str, **more: Any) -> dict[str, Any]:
    answer = await client.post(WEBHOOKS, json={"url": url} | more)
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_a_partner_is_told_what_happens_from_now_on(
    partner: httpx.AsyncClient, offer: Offer, receiver: Receiver, app: FastAPI, db: Database
) -> None:
    await sold(partner, offer)
    made = await created(partner, receiver.url)
    slip = await sold(partner, offer)

    assert await push(app, db) == 1

    [request] = receiver.received
    event = Verifier(made["secret"]).verify(request.body, request.headers)
    assert (event["sequence"], event["type"]) == (2, "HoldCreated")
    assert event["data"]["hold_id"] == slip["hold_id"]
    [listed] = (await partner.get("/v1/partner/hold-events", params={"after": 1})).json()["items"]
    assert listed == event


async def test_the_secret_is_shown_once(partner: httpx.AsyncClient, receiver: Receiver) -> None:
    made = await created(partner, receiver.url)

    answer = await partner.get(f"{WEBHOOKS}/{made['webhook']['webhook_id']}")
    all_of_them = await partner.get(WEBHOOKS)

    assert answer.json() == made["webhook"] == all_of_them.json()["items"][0]
    assert made["secret"].startswith("whsec_")
    assert made["secret"] not in answer.text + all_of_them.text
    assert made["webhook"]["public_key"].startswith("whpk_")


async def test_a_new_secret_signs_beside_the_former_one(
    partner: httpx.AsyncClient, offer: Offer, receiver: Receiver, app: FastAPI, db: Database
) -> None:
    made = await created(partner, receiver.url)
    rotated = await partner.post(f"{WEBHOOKS}/{made['webhook']['webhook_id']}/rotate")
    assert rotated.status_code == 200, rotated.text
    await sold(partner, offer)
    await push(app, db)

    [request] = receiver.received
    for secret in (made["secret"], rotated.json()["secret"]):
        Verifier(secret).verify(request.body, request.headers)
    assert rotated.json()["secret"] != made["secret"]
    assert rotated.json()["webhook"]["former_until"]


async def test_what_was_missed_is_pushed_again_from_a_number(
    partner: httpx.AsyncClient, offer: Offer, receiver: Receiver, app: FastAPI, db: Database
) -> None:
    for _ in range(3):
        await sold(partner, offer)
    made = await created(partner, receiver.url, after=0)
    webhook = f"{WEBHOOKS}/{made['webhook']['webhook_id']}"
    assert await push(app, db) == 3

    answer = await partner.post(f"{webhook}/replay", json={"after": 1})
    assert answer.json()["cursor"] == 1
    assert await push(app, db) == 2
    ahead = await partner.post(f"{webhook}/replay", json={"after": 4})
    assert (ahead.status_code, ahead.json()["type"]) == (422, "/problems/cursor-ahead")

    attempts = (await partner.get(f"{webhook}/deliveries")).json()["items"]
    assert [(a["sequence"], a["status"]) for a in attempts] == [(n, 200) for n in (3, 2, 3, 2, 1)]


async def test_a_partner_sees_why_it_is_not_called_and_enables_it(
    partner: httpx.AsyncClient, offer: Offer, receiver: Receiver, app: FastAPI, db: Database
) -> None:
    made = await created(partner, receiver.url)
    webhook = f"{WEBHOOKS}/{made['webhook']['webhook_id']}"
    await sold(partner, offer)
    receiver.answers = [410]
    await push(app, db)
    gone = (await partner.get(webhook)).json()
    assert (gone["state"], gone["because"]) == ("DISABLED", "GONE")
    assert await push(app, db) == 0

    answer = await partner.patch(webhook, json={"enabled": True})
    assert (answer.json()["state"], answer.json()["because"]) == ("ACTIVE", None)
    assert await push(app, db) == 2  # the hold, and the news of the end

    stopped = await partner.patch(webhook, json={"enabled": False})
    assert (stopped.json()["state"], stopped.json()["because"]) == ("DISABLED", "PARTNER")


async def test_a_ping_tells_how_the_receiver_answered(
    partner: httpx.AsyncClient, receiver: Receiver
) -> None:
    made = await created(partner, receiver.url)
    webhook = f"{WEBHOOKS}/{made['webhook']['webhook_id']}"
    receiver.answers = [200, 500]

    well, ill = [(await partner.post(f"{webhook}/ping")).json() for _ in range(2)]

    assert (well["delivered"], well["status"]) == (True, 200)
    assert (ill["delivered"], ill["status"]) == (False, 500)
    request = receiver.received[0]
    assert Verifier(made["secret"]).verify(request.body, request.headers)["type"] == "Ping"
    assert (await partner.get("/v1/partner/hold-events")).json()["items"] == []


async def test_an_address_is_one_webhook_and_a_partner_has_a_few(
    partner: httpx.AsyncClient, receiver: Receiver
) -> None:
    answers = await asyncio.gather(
        *(partner.post(WEBHOOKS, json={"url": receiver.url}) for _ in range(5)),
    )
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 4}

    many = await asyncio.gather(
        *(partner.post(WEBHOOKS, json={"url": f"{receiver.url}/{n}"}) for n in range(5))
    )
    assert Counter(answer.status_code for answer in many) == {201: 2, 403: 3}

    [first, second, _] = (await partner.get(WEBHOOKS)).json()["items"]
    taken = await partner.patch(f"{WEBHOOKS}/{first['webhook_id']}", json={"url": second["url"]})
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/webhook-exists")
    moved = await partner.patch(
        f"{WEBHOOKS}/{first['webhook_id']}", json={"url": f"{receiver.url}/elsewhere"}
    )
    assert moved.json()["url"].endswith("/elsewhere")


async def test_an_address_with_marks_is_kept_and_called_as_http_writes_it(
    partner: httpx.AsyncClient, offer: Offer, receiver: Receiver, app: FastAPI, db: Database
) -> None:
    made = await created(partner, f"{receiver.url}/đơn")
    await sold(partner, offer)

    assert made["webhook"]["url"] == f"{receiver.url}/%C4%91%C6%A1n"
    assert await push(app, db) == 1
    again = await partner.post(WEBHOOKS, json={"url": f"{receiver.url}/đơn"})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/webhook-exists")
    well = await partner.post(f"{WEBHOOKS}/{made['webhook']['webhook_id']}/ping")
    assert well.json()["delivered"]


@pytest.mark.parametrize("url", ["http://1.1.1.1/", "https://127.0.0.1/", "https://localhost/"])
async def test_in_production_only_public_https_is_called(
    settings: Settings, db: Database, partner: httpx.AsyncClient, url: str
) -> None:
    transport = partner._transport  # noqa: SLF001, the same caller at another app
    assert isinstance(transport, httpx.ASGITransport)
    transport.app = create_app(settings, db)

    answer = await partner.post(WEBHOOKS, json={"url": url})

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/address-not-called")


async def test_another_partners_webhook_is_not_there(
    partner: httpx.AsyncClient, signed_in: As, receiver: Receiver
) -> None:
    made = await created(partner, receiver.url)
    webhook = f"{WEBHOOKS}/{made['webhook']['webhook_id']}"
    other = await signed_in("partner", uuid7(), channel_code="OTHER")

    answers = [
        await other.get(webhook),
        await other.patch(webhook, json={"enabled": False}),
        await other.delete(webhook),
        await other.post(f"{webhook}/rotate"),
        await other.post(f"{webhook}/replay", json={"after": 0}),
        await other.post(f"{webhook}/ping"),
        await other.get(f"{webhook}/deliveries"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert (await other.get(WEBHOOKS)).json() == {"items": []}
    assert (await partner.delete(webhook)).status_code == 204
    assert (await partner.get(webhook)).status_code == 404
