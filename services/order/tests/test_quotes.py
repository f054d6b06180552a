"""The quote a customer sees before paying."""

import pytest
from services.order.tests.world import HOME, PRICE, SIM_FEE, World

from events import PromotionAttached
from events.ids import uuid7


async def test_the_quote_shows_price_fees_commitment_and_the_whole_promotion(world: World) -> None:
    """SB.7: complete and clear before the customer confirms payment."""
    hold = await world.hold(
        sim="ESIM",
        promotion_code="KMTN4G",
        commitment_vnd_per_month=200_000,
        commitment_months=12,
    )

    quote = (await world.customer().get(f"/v1/quotes/{hold.hold_id}")).json()

    assert quote["total_vnd"] == PRICE + SIM_FEE
    assert [line["code"] for line in quote["lines"]] == ["NUMBER", "SIM_FEE"]
    assert "200.000 đồng mỗi tháng trong 12 tháng" in quote["commitment_text_vi"]
    assert quote["promotion"]["code"] == "KMTN4G"
    assert quote["promotion"]["package_code"] == "TN4G"
    for phrase in ("15 GB", "1,5 GB/ngày", "10 ngày"):
        assert phrase in quote["promotion"]["text_vi"]
    for phrase in ("15 GB", "1.5 GB a day", "10 days"):
        assert phrase in quote["promotion"]["text_en"]


@pytest.mark.parametrize(("delivery", "fee"), [("HOME", HOME), ("STORE", 0)])
async def test_only_delivery_to_the_home_costs_something(
    world: World, delivery: str, fee: int
) -> None:
    """F3.8: both ways to receive a physical SIM."""
    hold = await world.hold()

    asked = {"delivery": delivery, "payment": "COD"}
    quote = (await world.customer().get(f"/v1/quotes/{hold.hold_id}", params=asked)).json()

    assert quote["total_vnd"] == PRICE + SIM_FEE + fee


async def test_the_package_of_a_promotion_is_what_the_hold_says(world: World) -> None:
    """G01: data, never guessed from the code; a hold that names none promises none."""
    named = await world.hold(sim="ESIM", promotion_code="KMTN4G", package_code="TN5G")
    unnamed = await world.hold(sim="ESIM", promotion_code="KMHE26")
    of_old = await world.hold(sim="ESIM", promotion_code="KMTN4G")

    promised = {}
    for hold in (named, unnamed, of_old):
        quote = (await world.customer().get(f"/v1/quotes/{hold.hold_id}")).json()
        promised[hold.hold_id] = quote["promotion"]["package_code"]
        await world.place(hold)

    assert list(promised.values()) == ["TN5G", None, "TN4G"]
    attached = await world.published(PromotionAttached)
    assert [fact.package_code for fact in attached] == ["TN5G", "TN4G"]


async def test_what_is_worth_more_than_a_limit_is_paid_online(world: World) -> None:
    """A number of half a billion is not sent to anybody's door on trust."""
    limit = world.settings.on_receipt_up_to_vnd
    dear = await world.hold(price_vnd=limit - SIM_FEE - HOME + 1)
    just = await world.hold(price_vnd=limit - SIM_FEE - HOME)

    quote = await world.customer().get(f"/v1/quotes/{dear.hold_id}?payment=COD")
    order = await world.customer().post("/v1/orders", json=world.wish(dear, "COD"))

    for answer in (quote, order):
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/too-much-on-receipt")
        assert (answer.json()["limit_vnd"], answer.json()["total_vnd"]) == (limit, limit + 1)
    assert (await world.place(just, "COD"))["total_vnd"] == limit
    assert (await world.place(dear))["status"] == "AWAITING_PAYMENT"


async def test_a_hold_whose_news_is_on_its_way_is_not_called_unknown(world: World) -> None:
    """F3.6: the app asks for the price the moment it has the slip; it is told to ask again."""
    early = await world.customer().get(f"/v1/quotes/{uuid7()}")

    assert early.status_code == 409
    assert early.json()["type"] == "/problems/not-heard-yet"
    assert early.headers["Retry-After"] == "1"
