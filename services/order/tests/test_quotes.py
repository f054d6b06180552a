"""What a customer is told before paying."""

import pytest
from services.order.tests.world import HOME, PRICE, SIM_FEE, World

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
    for words in ("15 GB", "1,5 GB/ngày", "10 ngày"):
        assert words in quote["promotion"]["text_vi"]
    for words in ("15 GB", "1.5 GB a day", "10 days"):
        assert words in quote["promotion"]["text_en"]


@pytest.mark.parametrize(("delivery", "fee"), [("HOME", HOME), ("STORE", 0)])
async def test_only_delivery_to_the_home_costs_something(
    world: World, delivery: str, fee: int
) -> None:
    """F3.8: both ways to receive a physical SIM."""
    hold = await world.hold()

    asked = {"delivery": delivery, "payment": "COD"}
    quote = (await world.customer().get(f"/v1/quotes/{hold.hold_id}", params=asked)).json()

    assert quote["total_vnd"] == PRICE + SIM_FEE + fee


async def test_a_hold_whose_news_is_on_its_way_is_not_called_unknown(world: World) -> None:
    """F3.6: the app asks for the price the moment it has the slip; it is told to ask again."""
    early = await world.customer().get(f"/v1/quotes/{uuid7()}")

    assert early.status_code == 409
    assert early.json()["type"] == "/problems/not-heard-yet"
    assert early.headers["Retry-After"] == "1"
