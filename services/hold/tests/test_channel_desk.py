"""Partners' managers: webhooks, feed and funnel of the channels they look after (SB.4, SA.1)."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from services.hold.tests.test_feed import sold
from services.hold.tests.test_webhooks import push
from services.hold.tests.world import As, Offer, registered
from standardwebhooks import Webhook as Verifier

from events.ids import uuid7
from feed.testing import Receiver, receiving
from hold.consumers import subscriptions
from hold.main import create_app
from hold.settings import Settings
from kit.db import Database
from kit.testing import deliver


@pytest.fixture
async def app(settings: Settings, db: Database) -> AsyncIterator[FastAPI]:
    app = create_app(settings.model_copy(update={"webhooks_to_private_addresses": True}), db)
    yield app
    await app.state.webhook_sender.close()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
async def manager(signed_in: As) -> httpx.AsyncClient:
    return await signed_in("staff", roles=["partner_manager"])


def webhooks_of(partner_id: UUID) -> str:
    return f"/v1/staff/channels/{partner_id}/webhooks"


async def created(manager: httpx.AsyncClient, partner_id: UUID, url: str) -> dict[str, Any]:
    answer = await manager.post(webhooks_of(partner_id), json={"url": url})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_a_manager_rotates_a_secret_and_both_sign_for_a_day(
    partner: httpx.AsyncClient,
    partner_id: UUID,
    manager: httpx.AsyncClient,
    offer: Offer,
    receiver: Receiver,
    app: FastAPI,
    db: Database,
) -> None:
    made = await created(manager, partner_id, receiver.url)
    path = f"{webhooks_of(partner_id)}/{made['webhook']['webhook_id']}"

    rotated = (await manager.post(f"{path}/rotate")).json()
    await sold(partner, offer)
    await push(app, db)

    [request] = receiver.received
    for secret in (made["secret"], rotated["secret"]):
        Verifier(secret).verify(request.body, request.headers)
    assert rotated["webhook"]["former_until"]
    [listed] = (await manager.get(webhooks_of(partner_id))).json()["items"]
    [seen_by_partner] = (await partner.get("/v1/partner/webhooks")).json()["items"]
    assert listed == seen_by_partner


async def test_a_manager_pings_and_replays_and_reads_how_it_went(
    partner: httpx.AsyncClient,
    partner_id: UUID,
    manager: httpx.AsyncClient,
    offer: Offer,
    receiver: Receiver,
    app: FastAPI,
    db: Database,
) -> None:
    made = await created(manager, partner_id, receiver.url)
    path = f"{webhooks_of(partner_id)}/{made['webhook']['webhook_id']}"
    await sold(partner, offer)
    await push(app, db)

    ping = (await manager.post(f"{path}/ping")).json()
    replayed = (await manager.post(f"{path}/replay", json={"after": 0})).json()
    await push(app, db)
    stopped = (await manager.patch(path, json={"enabled": False})).json()

    assert (ping["delivered"], replayed["cursor"], stopped["state"]) == (True, 0, "DISABLED")
    attempts = (await manager.get(f"{path}/deliveries")).json()["items"]
    assert [(attempt["sequence"], attempt["status"]) for attempt in attempts] == [(1, 200)] * 2


async def test_the_feed_is_read_from_its_end_and_no_cursor_moves(
    partner: httpx.AsyncClient,
    partner_id: UUID,
    manager: httpx.AsyncClient,
    offer: Offer,
    receiver: Receiver,
) -> None:
    made = await created(manager, partner_id, receiver.url)
    for _ in range(3):
        await sold(partner, offer)
    path = f"/v1/staff/channels/{partner_id}/hold-events"

    last = (await manager.get(path, params={"limit": 2})).json()
    first = (await manager.get(path, params={"limit": 1, "after": 0})).json()
    ahead = await manager.get(path, params={"after": 4})

    assert ([event["sequence"] for event in last["items"]], last["newest"]) == ([2, 3], 3)
    assert ([event["sequence"] for event in first["items"]], first["next"]) == ([1], 1)
    assert ahead.json()["type"] == "/problems/cursor-ahead"
    listed = (await partner.get("/v1/partner/hold-events", params={"after": 0})).json()
    assert listed["items"][1:] == last["items"]
    [webhook] = (await manager.get(webhooks_of(partner_id))).json()["items"]
    assert webhook["cursor"] == made["webhook"]["cursor"] == 0


async def test_the_funnel_counts_each_stage_of_the_holds_of_some_days(
    partner: httpx.AsyncClient, manager: httpx.AsyncClient, offer: Offer, db: Database
) -> None:
    await partner.post("/v1/partner/locks", json={"offer": offer(), "sim": "ESIM"})
    await sold(partner, offer)
    given_back = await sold(partner, offer)
    await partner.delete(f"/v1/partner/holds/{given_back['hold_id']}")
    affiliate = uuid7()
    await deliver(db, subscriptions, registered(affiliate, channel_code="AFF1"))

    funnels = (await manager.get("/v1/staff/funnels")).json()["items"]
    past = (await manager.get("/v1/staff/funnels", params={"to": "2020-02-01"})).json()["items"]

    nothing = dict.fromkeys(("locked", "held", "claimed", "confirmed", "connected", "ended"), 0)
    assert [funnel["channel_code"] for funnel in funnels] == ["AFF1", "KV2WEB"]
    assert funnels[1]["sold"] == nothing | {"locked": 3, "held": 2, "ended": 1}
    assert funnels[0]["sold"] == funnels[1]["referred"] == nothing
    assert [funnel["sold"] for funnel in past] == [nothing] * 2


async def test_another_regions_channel_is_not_there_for_a_manager(
    partner: httpx.AsyncClient, partner_id: UUID, signed_in: As
) -> None:
    """Its region comes with PartnerChanged; one of the corporation is head office's."""
    assert partner
    kv2 = await signed_in("staff", roles=["partner_manager"], regions=["KV2"])
    kv3 = await signed_in("staff", roles=["partner_manager"], regions=["KV3"])

    for path in (webhooks_of(partner_id), f"/v1/staff/channels/{partner_id}/hold-events"):
        assert (await kv2.get(path)).status_code == 200
        answer = await kv3.get(path)
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/no-such-channel")
    assert len((await kv2.get("/v1/staff/funnels")).json()["items"]) == 1
    assert (await kv3.get("/v1/staff/funnels")).json()["items"] == []


@pytest.mark.parametrize(
    "caller", [("customer", {}), ("partner", {}), ("staff", {"roles": ["osp_staff", "sre"]})]
)
async def test_nobody_else_comes_to_the_channel_desk(
    partner: httpx.AsyncClient, partner_id: UUID, signed_in: As, caller: tuple[str, dict[str, Any]]
) -> None:
    assert partner
    stranger = await signed_in(caller[0], **caller[1])

    for path in (webhooks_of(partner_id), "/v1/staff/funnels"):
        assert (await stranger.get(path)).status_code == 403
