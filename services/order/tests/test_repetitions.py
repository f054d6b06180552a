"""A changed request is not a repetition: it is told what it says otherwise."""

import asyncio
from typing import Any

import pytest
from services.order.tests.vnpay import opened
from services.order.tests.world import World

from events import OrderPlaced, PaymentInitiated
from events.ids import uuid7

BUYER = {"name": "Công ty Mẫu", "address": "Số 1 Phố Thử, Hà Nội", "tax_code": "0100686209"}
ESIM = {"sim": "ESIM", "promotion_code": "KMTN4G"}


@pytest.mark.parametrize(
    ("terms", "changed", "differs"),
    [
        (ESIM, {"email": "khac@example.test"}, ["email"]),
        (ESIM, {"ward_code": "00004"}, ["ward_code"]),
        (ESIM, {"invoice": BUYER | {"name": "Công ty Khác"}}, ["invoice"]),
        (ESIM, {"invoice": None}, ["invoice"]),
        (ESIM, {"accepted_total_vnd": 1, "email": "a@b.vn"}, ["accepted_total_vnd", "email"]),
        (ESIM, {"accepted_promotion": None}, ["accepted_promotion"]),
        ({}, {"payment": "COD"}, ["payment"]),
        ({}, {"delivery_choice": "STORE"}, ["delivery_choice"]),
    ],
)
async def test_another_wish_for_an_ordered_hold_is_told_what_it_says_otherwise(
    world: World, terms: Any, changed: Any, differs: list[str]
) -> None:
    """The order stays as it was agreed to: nobody's mail or invoice goes astray without a word."""
    hold = await world.hold(**terms)
    wish = world.wish(hold, ward_code="26740", invoice=BUYER)
    order = (await world.customer().post("/v1/orders", json=wish)).json()
    if "delivery_choice" in changed:
        changed = {"delivery_choice": world.choice(hold, delivery="STORE", store_code="KV2CH01")}

    answer = await world.customer().post("/v1/orders", json=wish | changed)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/order-exists")
    assert (answer.json()["order_id"], answer.json()["differs"]) == (order["order_id"], differs)
    assert len(await world.published(OrderPlaced)) == 1


async def test_what_means_the_same_is_the_same(world: World) -> None:
    """Written otherwise and read alike: full-width, spaces, capitals of a domain."""
    hold = await world.hold(**ESIM)
    wish = world.wish(hold, ward_code="26740", invoice=BUYER)
    await world.customer().post("/v1/orders", json=wish)
    same = {
        "email": " khach@EXAMPLE.test",
        "ward_code": "２６７４０",
        "invoice": BUYER | {"tax_code": "0100 686 209", "name": "Công  ty Mẫu"},
    }

    assert (await world.customer().post("/v1/orders", json=wish | same)).status_code == 200


@pytest.mark.parametrize("tax_code", ["0100686208", "1", "01006862090"])
async def test_an_invoice_names_a_tax_code_that_can_exist(world: World, tax_code: str) -> None:
    wish = world.wish(await world.hold(), invoice=BUYER | {"tax_code": tax_code})

    answer = await world.customer().post("/v1/orders", json=wish)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "invoice.tax_code"


async def test_a_key_names_a_request_and_no_other(world: World) -> None:
    """Idempotency-Key: the same again, whatever became of the order; another content never."""
    hold = await world.hold(**ESIM)
    wish, key = world.wish(hold), {"Idempotency-Key": '"8e03978e-40d5"'}
    first = await world.customer().post("/v1/orders", json=wish, headers=key)
    await world.cancel(first.json())

    again = await world.customer().post("/v1/orders", json=wish, headers=key)
    other = await world.customer().post(
        "/v1/orders", json=wish | {"email": "khac@example.test"}, headers=key
    )

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 422)
    assert again.json()["order_id"] == first.json()["order_id"]
    assert other.json()["type"] == "/problems/key-of-another-request"
    assert other.json()["differs"] == ["email"]


async def test_paying_again_under_one_key_is_one_attempt(world: World) -> None:
    """A double click does not use up the attempts a customer has."""
    order = await world.place(await world.hold())
    path, key = f"/v1/orders/{order['order_id']}/payments", {"Idempotency-Key": "click"}

    clicks = [world.customer().post(path, headers=key) for _ in range(6)]
    answers = await asyncio.gather(*clicks)

    references = {opened(answer.json()["payment_url"])["vnp_TxnRef"] for answer in answers}
    assert {answer.status_code for answer in answers} == {201}
    assert len(references) == 1
    assert len(await world.published(PaymentInitiated)) == 2
    stranger = await world.customer(uuid7()).post(path, headers=key)
    assert stranger.status_code == 404
