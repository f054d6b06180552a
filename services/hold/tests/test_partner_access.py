"""Rights of sales channels: to hold, how much, and to see their own holds only."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from services.hold.tests.world import As, Offer, cancelled, lock, paid, registered, sell

from events import ActivationExpired, PaymentConfirmed, SessionEnded
from events.ids import uuid7
from feed import journal
from feed.entries import News
from hold.consumers import subscriptions
from hold.settings import Settings
from hold.webhooks.gateways import WebhookSender
from kit import clock
from kit.db import Database
from kit.revocations.checking import Revocations
from kit.sealing import Sealer
from kit.testing import deliver

LOCAL = {"webhooks_to_private_addresses": True}


@pytest.mark.parametrize("terms", [{"active": False}, {"collects_fee": False}])
async def test_a_channel_that_may_not_hold_is_refused(
    partner: httpx.AsyncClient, partner_id: UUID, offer: Offer, db: Database, terms: dict[str, bool]
) -> None:
    now = clock.now()
    old = registered(partner_id, now - timedelta(days=1))
    await deliver(db, subscriptions, registered(partner_id, now, **terms), old)

    response = await lock(partner, offer())

    assert (response.status_code, response.json()["type"]) == (
        403,
        "/problems/partner-may-not-hold",
    )


async def test_a_channel_that_does_not_deliver_sells_what_needs_no_parcel(
    partner: httpx.AsyncClient, partner_id: UUID, offer: Offer, db: Database
) -> None:
    locked = (await lock(partner, offer(), "PHYSICAL")).json()["hold_id"]
    await deliver(db, subscriptions, registered(partner_id, clock.now(), delivers=False))

    for answer in (await lock(partner, offer(), "PHYSICAL"), await sell(partner, locked)):
        assert (answer.status_code, answer.json()["type"]) == (
            403,
            "/problems/channel-does-not-deliver",
        )
    profile = (await lock(partner, offer(), "ESIM")).json()["hold_id"]
    assert (await sell(partner, profile)).status_code == 201


async def test_a_closed_partner_gets_neither_feed_nor_pushes_nor_secrets(
    partner: httpx.AsyncClient,
    partner_id: UUID,
    offer: Offer,
    db: Database,
    app: FastAPI,
    settings: Settings,
) -> None:
    app.state.webhook_sender = WebhookSender(
        settings.model_copy(update=LOCAL), Sealer(settings.keys_dir, "hold"), db
    )
    made = await partner.post("/v1/partner/webhooks", json={"url": "http://127.0.0.1:9/in"})
    webhook = f"/v1/partner/webhooks/{made.json()['webhook']['webhook_id']}"
    held = (await lock(partner, offer())).json()["hold_id"]
    await sell(partner, held)
    await deliver(db, subscriptions, registered(partner_id, clock.now(), active=False))

    answers = [
        await partner.get("/v1/partner/hold-events"),
        await partner.get("/v1/partner/hold-events/stream"),
        await partner.post(f"{webhook}/rotate"),
        await partner.post(f"{webhook}/replay", json={"after": 0}),
        await partner.patch(webhook, json={"enabled": True}),
        await partner.post(f"{webhook}/ping"),
    ]

    assert {(a.status_code, a.json()["type"]) for a in answers} == {
        (403, "/problems/partner-closed")
    }
    await journal.number_all(db.transaction)
    assert await app.state.webhook_sender.deliverer.deliver_some(now=clock.now()) == 0
    await deliver(db, subscriptions, registered(partner_id, clock.now()))
    shown = (await partner.get(webhook)).json()
    assert (shown["state"], shown["because"]) == ("DISABLED", "CLOSED")
    assert len((await partner.get("/v1/partner/hold-events")).json()["items"]) == 1
    await app.state.webhook_sender.close()


async def test_a_stream_ends_when_its_partner_is_closed(
    partner: httpx.AsyncClient, partner_id: UUID, offer: Offer, db: Database
) -> None:
    async def read_to_the_end() -> str:
        return (await partner.get("/v1/partner/hold-events/stream")).text

    reading = asyncio.create_task(read_to_the_end())
    await sell(partner, (await lock(partner, offer())).json()["hold_id"])
    await deliver(db, subscriptions, registered(partner_id, clock.now(), active=False))
    async with db.transaction() as tx:
        told = News(partner_id, uuid7(), "HoldConfirmed", clock.now(), {})
        await journal.note(tx, told)

    async with asyncio.timeout(30):
        assert (await reading).count("HoldConfirmed") == 0


async def test_a_stream_ends_when_its_token_does(
    signed_in: As, app: FastAPI, partner_id: UUID, partner: httpx.AsyncClient, db: Database
) -> None:
    """A secret that was stolen and replaced tells the thief nothing more."""
    sid, app.state.revocations = uuid7(), Revocations(db, fresh_seconds=0)
    thief = await signed_in("partner", partner_id, channel_code="KV2WEB", sid=str(sid))
    reading = asyncio.create_task(thief.get("/v1/partner/hold-events/stream"))
    now = clock.now()
    await deliver(
        db,
        subscriptions,
        SessionEnded(occurred_at=now, subject_id=partner_id, session_id=sid),
    )
    async with db.transaction() as tx:
        await journal.note(tx, News(partner_id, uuid7(), "HoldConfirmed", now, {}))

    async with asyncio.timeout(30):
        assert "HoldConfirmed" not in (await reading).text
    assert (await partner.get("/v1/partner/hold-events")).json()["items"], "the owner reads on"


async def test_a_channel_that_was_paid_is_told_what_it_owes_its_customer(
    partner: httpx.AsyncClient, offer: Offer
) -> None:
    held = (await lock(partner, offer())).json()["hold_id"]
    await sell(partner, held, collected_vnd=80_000)
    await partner.delete(f"/v1/partner/holds/{held}")

    [*_, told] = (await partner.get("/v1/partner/hold-events")).json()["items"]

    assert (told["type"], told["data"]["owed_back_vnd"]) == ("HoldReleased", 80_000)


@pytest.mark.parametrize("due_vnd", [0, 75_000])
async def test_of_a_sale_that_nobody_activated_the_channel_owes_what_the_policy_says(
    partner: httpx.AsyncClient, offer: Offer, db: Database, due_vnd: int
) -> None:
    """G39: the deadline is consumed first, the end of the order says what goes back."""
    held = UUID((await lock(partner, offer())).json()["hold_id"])
    await sell(partner, str(held))
    over = ActivationExpired(occurred_at=clock.now(), hold_id=held)
    ended = cancelled(held).model_copy(
        update={"reason_code": "ACTIVATION_EXPIRED", "refund_due_vnd": due_vnd}
    )

    await deliver(db, subscriptions, paid(held, method="CHANNEL"), over, ended)

    [*_, told] = (await partner.get("/v1/partner/hold-events")).json()["items"]
    assert (told["type"], told["data"]["owed_back_vnd"]) == ("HoldReleased", due_vnd)


async def test_a_channel_we_have_not_heard_of_yet_is_asked_to_try_again(
    signed_in: As, offer: Offer
) -> None:
    assert (await lock(await signed_in("partner"), offer())).status_code == 503


async def test_a_channel_cannot_lock_the_whole_stock(
    partner: httpx.AsyncClient, offer: Offer, settings: Any
) -> None:
    object.__setattr__(settings, "locks_per_partner", 3)

    answers = await asyncio.gather(*(lock(partner, offer()) for _ in range(8)))

    assert Counter(answer.status_code for answer in answers) == {201: 3, 403: 5}


async def test_a_channel_sees_and_gives_back_its_own_holds_only(
    partner: httpx.AsyncClient, signed_in: As, offer: Offer, db: Database
) -> None:
    draft, sold, paid = [(await lock(partner, offer())).json()["hold_id"] for _ in range(3)]
    for hold_id in (sold, paid):
        await sell(partner, hold_id)
    await deliver(
        db,
        subscriptions,
        PaymentConfirmed(
            occurred_at=clock.now(),
            hold_id=UUID(paid),
            order_id=uuid7(),
            payment_id=uuid7(),
            amount_vnd=75_000,
            method="CHANNEL",
            paid_at=clock.now(),
        ),
    )
    stranger = await signed_in("partner")

    own = (await partner.get("/v1/partner/holds")).json()["items"]
    assert [item["hold_id"] for item in own] == [paid, sold, draft]
    assert (await stranger.get("/v1/partner/holds")).json()["items"] == []
    for hold_id in (draft, sold, paid):
        for method in ("GET", "DELETE"):
            response = await stranger.request(method, f"/v1/partner/holds/{hold_id}")
            assert response.status_code == 404
        assert (await partner.get(f"/v1/partner/holds/{hold_id}")).status_code == 200
    given_back = [
        (await partner.delete(f"/v1/partner/holds/{h}")).status_code for h in (draft, sold, paid)
    ]
    assert given_back == [204, 204, 409]


async def test_a_partner_has_no_way_into_the_customers_routes_nor_they_into_its(
    partner: httpx.AsyncClient, customer: httpx.AsyncClient, offer: Offer
) -> None:
    assert (await partner.get("/v1/holds")).status_code == 403
    assert (await customer.get("/v1/partner/holds")).status_code == 403
    assert (await lock(customer, offer())).status_code == 403
