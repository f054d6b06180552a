"""Which channels may hold, how much, and what they see."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from services.hold.tests.world import As, Offer, lock, registered, sell

from events import PaymentConfirmed
from events.ids import uuid7
from hold.consumers import subscriptions
from kit import clock
from kit.db import Database
from kit.testing import hear


@pytest.mark.parametrize("terms", [{"active": False}, {"collects_fee": False}])
async def test_a_channel_that_may_not_hold_is_refused(
    partner: httpx.AsyncClient, partner_id: UUID, offer: Offer, db: Database, terms: dict[str, bool]
) -> None:
    now = clock.now()
    old = registered(partner_id, now - timedelta(days=1))
    await hear(db, subscriptions, registered(partner_id, now, **terms), old)

    response = await lock(partner, offer())

    assert (response.status_code, response.json()["type"]) == (
        403,
        "/problems/partner-may-not-hold",
    )


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
    await hear(
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

    mine = (await partner.get("/v1/partner/holds")).json()["items"]
    assert [item["hold_id"] for item in mine] == [paid, sold, draft]
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
