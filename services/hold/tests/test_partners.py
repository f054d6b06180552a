"""Sales channels: lock, take the money, then hold (P2.2, P3.1, P3.2)."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import httpx
import pytest
from services.hold.tests.world import As, Offer, lock, sale, sell

from events import HoldCreated
from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.testing import facts, published


async def test_a_channel_locks_takes_the_money_and_gets_a_hold_code(
    partner: httpx.AsyncClient, partner_id: UUID, offer: Offer, db: Database
) -> None:
    locked = await lock(partner, offer())
    hold_id = locked.json()["hold_id"]

    response = await sell(partner, hold_id, referrer="ctv01")

    assert (locked.status_code, response.status_code) == (201, 201)
    assert locked.json()["locked_until"] == locked.json()["expires_at"]
    assert response.json()["hold_code"].startswith("GS")
    [_, created] = await facts(db)
    assert isinstance(created, HoldCreated)
    assert (created.entrance, created.customer_id) == ("CHANNEL", None)
    assert (created.channel_code, created.partner_id) == ("KV2WEB", partner_id)
    assert (created.channel_paid_vnd, created.channel_delivers) == (75_000, True)
    assert "905123456" not in created.model_dump_json()


async def test_a_repeated_sale_finds_the_same_slip(
    partner: httpx.AsyncClient, offer: Offer, db: Database
) -> None:
    hold_id = (await lock(partner, offer())).json()["hold_id"]

    said = sale(hold_id)
    answers = await asyncio.gather(
        *(partner.post("/v1/partner/holds", json=said) for _ in range(8))
    )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["hold_code"] for answer in answers}) == 1
    assert await published(db) == ["NumberSoftLocked", "HoldCreated"]


async def test_one_reference_is_one_hold(partner: httpx.AsyncClient, offer: Offer) -> None:
    first, second = [(await lock(partner, offer())).json()["hold_id"] for _ in range(2)]

    answers = await asyncio.gather(
        *(sell(partner, hold_id, partner_reference="A-1") for hold_id in (first, second))
    )
    assert Counter(answer.status_code for answer in answers) == {201: 1, 422: 1}
    [changed] = [answer.json() for answer in answers if answer.status_code == 422]
    assert (changed["type"], changed["differs"]) == (
        "/problems/key-of-another-request",
        ["collected_at", "hold_id"],
    )

    sold = next(a.json()["hold_id"] for a in answers if a.status_code == 201)
    other = await sell(partner, sold, partner_reference="A-2")
    assert (other.status_code, other.json()["type"]) == (409, "/problems/reference-used")


async def test_two_customers_of_one_channel_cannot_pay_for_one_number(
    partner: httpx.AsyncClient, offer: Offer
) -> None:
    """G05: reserved before money is taken."""
    number = uuid7()

    answers = await asyncio.gather(*(lock(partner, offer(number)) for _ in range(10)))

    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 9}


async def test_a_repeated_lock_with_its_reference_finds_the_same_lock(
    partner: httpx.AsyncClient, offer: Offer
) -> None:
    number = uuid7()

    answers = await asyncio.gather(
        *(lock(partner, offer(number), reference="cart-7") for _ in range(5))
    )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["hold_id"] for answer in answers}) == 1
    assert (await lock(partner, offer(number), reference="cart-8")).status_code == 409
    other = await lock(partner, offer(), reference="cart-7")
    assert (other.status_code, other.json()["differs"]) == (422, ["number_id"])


async def test_a_cart_whose_lock_lapsed_locks_again_with_its_reference(
    partner: httpx.AsyncClient, offer: Offer, time_passes: Any
) -> None:
    number = uuid7()
    first = (await lock(partner, offer(number), reference="cart-7")).json()
    time_passes.forward(minutes=10)

    again = await lock(partner, offer(number), reference="cart-7")

    assert again.status_code == 201
    assert again.json()["hold_id"] != first["hold_id"]


@pytest.mark.parametrize(
    ("changed", "differs"),
    [
        ({"customer_phone": "0905 654 321"}, ["customer_phone"]),
        ({"collected_vnd": 80_000, "referrer": "CTV02"}, ["collected_vnd", "referrer"]),
    ],
)
async def test_a_changed_sale_is_not_a_repetition_and_is_told_what_differs(
    partner: httpx.AsyncClient, offer: Offer, changed: dict[str, Any], differs: list[str]
) -> None:
    said = sale((await lock(partner, offer())).json()["hold_id"])
    first = await partner.post("/v1/partner/holds", json=said)

    same = await partner.post("/v1/partner/holds", json=said | {"customer_phone": "84905123456"})
    other = await partner.post("/v1/partner/holds", json=said | changed)

    assert (same.status_code, same.json()) == (201, first.json())
    assert (other.status_code, other.json()["type"]) == (422, "/problems/key-of-another-request")
    assert other.json()["differs"] == differs


async def test_channels_and_app_customers_race_for_a_number_with_one_winner(
    partner: httpx.AsyncClient, signed_in: As, offer: Offer
) -> None:
    number = uuid7()
    people = [await signed_in() for _ in range(10)]

    answers = await asyncio.gather(
        *(p.post("/v1/holds", json={"offer": offer(number), "sim": "ESIM"}) for p in people),
        *(lock(partner, offer(number)) for _ in range(10)),
    )

    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 19}


@pytest.mark.parametrize(
    ("wrong", "status", "problem"),
    [
        ({"collected_vnd": 74_999}, 422, "not-enough-collected"),
        ({"customer_phone": "02438123456"}, 422, "invalid-request"),
        ({"collected_at": "2099-01-01T00:00:00Z"}, 422, "collected-in-the-future"),
        ({"collected_at": "2026-01-01T00:00:00"}, 422, "invalid-request"),
        ({"collected_at": "0001-01-01T00:00:00+07:00"}, 422, "invalid-request"),
        ({"collected_at": "2026-01-01T00:00:00Z"}, 422, "collected-before-the-lock"),
        ({"partner_reference": ""}, 422, "invalid-request"),
        ({"hold_id": str(uuid7())}, 404, "no-such-hold"),
    ],
)
async def test_a_sale_that_cannot_be_right_is_refused_and_can_be_mended(
    partner: httpx.AsyncClient, offer: Offer, wrong: dict[str, Any], status: int, problem: str
) -> None:
    hold_id = (await lock(partner, offer())).json()["hold_id"]

    response = await partner.post("/v1/partner/holds", json=sale(hold_id) | wrong)

    assert (response.status_code, response.json()["type"]) == (status, f"/problems/{problem}")
    assert (await sell(partner, hold_id)).status_code == 201


async def test_a_lock_that_lapsed_can_be_sold_only_if_the_money_came_in_time(
    partner: httpx.AsyncClient, offer: Offer, time_passes: Any
) -> None:
    in_time, late = [(await lock(partner, offer())).json()["hold_id"] for _ in range(2)]
    collected_at = clock.now().isoformat()
    time_passes.forward(minutes=11)

    assert (await sell(partner, in_time, collected_at=collected_at)).status_code == 201
    assert (await sell(partner, late)).status_code == 409


async def test_a_channel_that_delivers_does_not_deliver_an_esim(
    partner: httpx.AsyncClient, offer: Offer, db: Database
) -> None:
    hold_id = (await lock(partner, offer(), "ESIM")).json()["hold_id"]
    await sell(partner, hold_id)

    [_, created] = await facts(db)
    assert isinstance(created, HoldCreated)
    assert (created.channel_delivers, created.promotion_code) == (False, "KMTN4G")
