"""Placing an order: agreement, forks of flow 3."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from services.order.tests.vnpay import opened
from services.order.tests.world import HOME, PRICE, SIM_FEE, World

from events import (
    HoldExpired,
    OrderPlaced,
    OrderRouted,
    PaymentConfirmed,
    PaymentInitiated,
    PromotionAttached,
)
from events.ids import uuid7
from kit import clock


async def test_an_esim_goes_straight_to_online_payment(world: World) -> None:
    """F3.6 TH1, F3.12 TH1."""
    hold = await world.hold(sim="ESIM", promotion_code="KMTN4G")

    order = await world.place(hold)

    assert (order["status"], order["label_vi"]) == ("AWAITING_PAYMENT", "Chờ thanh toán")
    assert await world.topics() == [
        "OrderPlaced",
        "PromotionAttached",
        "PaymentInitiated",
        "OrderRouted",
    ]
    [placed] = await world.published(OrderPlaced)
    assert (placed.sim, placed.delivery, placed.payment) == ("ESIM", "ESIM", "ONLINE")
    [attached] = await world.published(PromotionAttached)
    assert (attached.promotion_code, attached.package_code) == ("KMTN4G", "TN4G")
    [initiated] = await world.published(PaymentInitiated)
    assert initiated.pay_before - initiated.occurred_at == timedelta(minutes=15)


async def test_the_payment_link_is_signed_and_names_nobody(world: World) -> None:
    """The gateway's link holds our reference and an amount, nothing about the person."""
    order = await world.place(await world.hold(sim="ESIM"))

    link = opened(order["payment_url"])

    assert order["payment_url"].startswith("http://gateway/payment/paymentv2/vpcpay.html?")
    assert link["vnp_Amount"] == str((PRICE + SIM_FEE) * 100)
    assert int(link["vnp_ExpireDate"]) > int(link["vnp_CreateDate"])
    for personal in ("84931266868", "khach", str(world.customer_id), world.customer_id.hex):
        assert personal not in order["payment_url"]


async def test_cash_on_receipt_goes_to_the_pending_tab(world: World) -> None:
    """F3.12 TH2, F3.13, F4.2."""
    order = await world.place(await world.hold(), "COD")

    assert (order["status"], order["label_vi"]) == ("PENDING", "Chờ xử lý")
    assert order["payment_label_vi"] == "Thu khi nhận hàng"
    assert order["payment_url"] is None
    assert await world.topics() == ["OrderPlaced", "OrderRouted"]


async def test_a_store_order_is_routed_to_that_store(world: World) -> None:
    """F3.8 TH2, F3.9, F4.5 TH2."""
    hold = await world.hold()
    choice = world.choice(
        hold, delivery="STORE", store_code="9CTH0001", region="KV9", ward_code=None
    )

    order = await world.place(
        hold, "COD", delivery_choice=choice, accepted_total_vnd=PRICE + SIM_FEE
    )

    [placed] = await world.published(OrderPlaced)
    assert (placed.delivery, placed.store_code) == ("STORE", "9CTH0001")
    [routed] = await world.published(OrderRouted)
    assert (routed.region, routed.shop_code, routed.team) == ("KV9", "9CTH0001", "KV9")
    assert routed.rule == "R1_STORE"
    assert order["region"] == "KV9"


async def test_a_home_order_is_routed_by_its_address(world: World) -> None:
    """F3.8 TH1, F3.10, F4.5 TH1, SD.3."""
    await world.place(await world.hold(), "COD")

    [placed] = await world.published(OrderPlaced)
    assert placed.delivery == "HOME"
    assert isinstance(placed.delivery_id, UUID)
    [routed] = await world.published(OrderRouted)
    assert (routed.region, routed.rule) == ("KV2", "R3_ADDRESS")


async def test_an_order_that_costs_nothing_is_paid(world: World) -> None:
    hold = await world.hold(sim="ESIM", price_vnd=0, sim_fee_vnd=0)

    order = await world.place(hold)

    assert (order["status"], order["payment_status"]) == ("PENDING", "NONE_DUE")
    [confirmed] = await world.published(PaymentConfirmed)
    assert confirmed.amount_vnd == 0


@pytest.mark.parametrize(
    ("change", "status", "problem"),
    [
        ({"payment": "COD"}, 422, "online-only"),  # F3.6 TH1
        ({"email": None}, 422, "email-required"),  # G09
        ({"accepted_total_vnd": 1}, 409, "price-changed"),
        ({"accepted_promotion": None}, 422, "promotion-not-confirmed"),  # SB.7
        ({"accepted_promotion": "KMOTHER"}, 422, "promotion-not-confirmed"),
        ({"ward_code": "99999"}, 422, "invalid-request"),
        ({"email": "not an address"}, 422, "invalid-request"),
        ({"payment": "CHANNEL"}, 422, "invalid-request"),
    ],
)
async def test_an_esim_wish_that_is_not_right_is_refused_and_nothing_happens(
    world: World, change: dict[str, object], status: int, problem: str
) -> None:
    hold = await world.hold(sim="ESIM", promotion_code="KMTN4G")

    answer = await world.customer().post("/v1/orders", json=world.wish(hold, **change))  # type: ignore[arg-type]

    assert answer.status_code == status
    assert answer.json()["type"] == f"/problems/{problem}"
    assert await world.topics() == []


async def test_a_changed_price_comes_with_the_new_quote(world: World) -> None:
    hold = await world.hold()

    answer = await world.customer().post(
        "/v1/orders", json=world.wish(hold, accepted_total_vnd=PRICE)
    )

    assert answer.status_code == 409
    assert answer.json()["quote"]["total_vnd"] == PRICE + SIM_FEE + HOME


async def test_a_physical_sim_needs_shippings_word_about_this_very_hold(world: World) -> None:
    """F3.7: the choice is signed by shipping, and for one hold."""
    hold, other = await world.hold(), await world.hold()

    missing = world.wish(hold, delivery_choice=None)
    borrowed = world.wish(hold, delivery_choice=world.choice(other))
    forged = world.wish(hold, delivery_choice=world.choice(hold)[:-6] + "AAAAAA")
    answers = [
        await world.customer().post("/v1/orders", json=w) for w in (missing, borrowed, forged)
    ]

    kinds = [answer.json()["type"] for answer in answers]
    assert kinds == ["/problems/delivery-required", "/problems/bad-slip", "/problems/bad-slip"]


async def test_the_same_wish_again_shows_the_same_order(world: World) -> None:
    hold = await world.hold()
    wish = world.wish(hold)
    order = (await world.customer().post("/v1/orders", json=wish)).json()

    again = await world.customer().post("/v1/orders", json=wish)

    assert again.status_code == 200
    assert again.json()["order_id"] == order["order_id"]
    assert again.json()["payment_url"] == order["payment_url"]
    assert len(await world.published(OrderPlaced)) == 1


async def test_of_many_racing_clicks_one_order_is_made(world: World) -> None:
    hold = await world.hold()
    wish = world.wish(hold)

    clicks = [world.customer().post("/v1/orders", json=wish) for _ in range(10)]
    answers = await asyncio.gather(*clicks)

    assert sorted(answer.status_code for answer in answers) == [200] * 9 + [201]
    assert len({answer.json()["order_id"] for answer in answers}) == 1
    assert len(await world.published(PaymentInitiated)) == 1


async def test_a_hold_whose_time_is_over_takes_no_order(world: World) -> None:
    """G10: by our clock, or by the hold service's word."""
    late = await world.hold(expires_at=clock.now() - timedelta(seconds=1))
    gone = await world.hold()
    await world.consumes(
        HoldExpired(occurred_at=clock.now(), hold_id=gone.hold_id, number_id=gone.number_id)
    )

    answers = [await world.customer().post("/v1/orders", json=world.wish(h)) for h in (late, gone)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert {answer.json()["hold_status"] for answer in answers} == {"EXPIRED"}


async def test_another_customers_hold_looks_like_none(world: World) -> None:
    hold = await world.hold()
    stranger = world.customer(uuid7())

    quote = await stranger.get(f"/v1/quotes/{hold.hold_id}")
    order = await stranger.post("/v1/orders", json=world.wish(hold))

    assert (quote.status_code, order.status_code) == (404, 404)
