"""The shipper's actions, and the callbacks about them (F4.8.2 to F4.22)."""

from collections.abc import Callable

import pytest
from fastapi.responses import Response
from simulators.tests.ghn import booked, call, report

from simulators.carrier.statuses import STEPS, Action
from simulators.settings import Settings
from simulators.testing import Outside, Shop, outside_world, until


async def test_a_parcel_goes_its_way_and_the_shop_hears_each_step(
    outside: Outside, shop: Shop
) -> None:
    order_code = await booked(outside)

    for action in ("picked", "delivery_failed", "delivered"):
        assert await report(outside, order_code, action) == 200

    await until(lambda: len(shop.received) == 4)
    told = [(one["Status"], one["ReasonCode"]) for one in shop.messages()]
    assert told == [
        ("ready_to_pick", ""),
        ("picked", ""),
        ("delivery_fail", "GHN-DFC1A4"),
        ("delivered", ""),
    ]
    assert await report(outside, order_code, "lost") == 409


async def test_a_refusal_carries_the_customers_reason(outside: Outside, shop: Shop) -> None:
    """F4.16: the shipper notes the reason; the parcel goes back."""
    order_code = await booked(outside)
    await report(outside, order_code, "picked")

    await report(outside, order_code, "refused", reason="Đổi ý, không mua nữa")

    await until(lambda: len(shop.received) == 3)
    told = shop.messages()[2]
    assert (told["Status"], told["Reason"]) == ("waiting_to_return", "Đổi ý, không mua nữa")
    assert await report(outside, order_code, "returned") == 409
    for action in ("return", "returning", "return_failed", "return", "returned"):
        assert await report(outside, order_code, action) == 200
    assert await report(outside, order_code, "delivered") == 409


@pytest.mark.parametrize(
    "way",
    [
        ["delivery_failed", "refused", "storing", "delivering", "delivered"],
        ["refused", "delivered"],
        ["exception", "storing", "delivered"],
        ["lost", "found", "delivering", "delivered"],
        ["refused", "return", "lost", "found", "delivered"],
    ],
)
async def test_a_parcel_may_be_brought_again_until_it_is_really_back(
    outside: Outside, way: list[str]
) -> None:
    """As GHN's "Delivery Again" says: while it waits for its return it may go out as before."""
    order_code = await booked(outside)

    for action in ("picked", *way):
        assert await report(outside, order_code, action) == 200, action
    assert await report(outside, order_code, "return") == 409


async def test_the_shop_may_have_a_parcel_back_that_is_stored_or_waits_for_its_return(
    outside: Outside, shop: Shop
) -> None:
    order_code = await booked(outside)
    results = []
    for action in ("picked", "storing", "return"):
        await report(outside, order_code, action)
        _, said = await call(outside, "switch-status/return", {"order_codes": [order_code]})
        results.append(said["data"][0]["result"])

    assert results == [False, True, True]
    await until(lambda: len(shop.received) == 4)
    assert shop.messages()[-1]["Status"] == "return"


async def test_a_failed_collection_leaves_the_parcel_ready(outside: Outside, shop: Shop) -> None:
    order_code = await booked(outside)

    await report(outside, order_code, "pickup_failed")

    await until(lambda: len(shop.received) == 2)
    told = shop.messages()[1]
    assert (told["Status"], told["ReasonCode"]) == ("ready_to_pick", "GHN-PFA1A0")


@pytest.mark.parametrize("action", [action for action, step in STEPS.items() if not step.reason])
async def test_nothing_is_delivered_that_was_not_collected(
    outside: Outside, action: Action
) -> None:
    order_code = await booked(outside)

    answered = await report(outside, order_code, action)

    assert answered == (200 if action in (Action.PICKING, Action.PICKED) else 409)


async def test_an_unknown_parcel_cannot_be_reported(outside: Outside) -> None:
    assert await report(outside, "NEVER", "picked") == 404
    assert await report(outside, "NEVER", "eaten") == 422


async def test_a_strange_status_comes_by_webhook_while_the_detail_tells_the_truth(
    outside: Outside, shop: Shop
) -> None:
    order_code = await booked(outside)
    await outside.fault("carrier", "unknown_status", times=1)

    await report(outside, order_code, "picked")

    await until(lambda: len(shop.received) == 2)
    assert shop.messages()[1]["Status"] == "chuyen_kho_dac_biet"
    _, order = await call(outside, "shipping-order/detail", {"order_code": order_code})
    assert order["data"]["status"] == "picked"


async def test_a_delivery_is_reported_without_its_cash(outside: Outside, shop: Shop) -> None:
    """F4.19: the words before it still name the amount that is due."""
    order_code = await booked(outside)
    await outside.fault("carrier", "silent_cash", times=1)

    for word in ("picked", "delivered"):
        await report(outside, order_code, word)

    await until(lambda: len(shop.received) == 3)
    assert [told["CODAmount"] for told in shop.messages()] == [199_000, 199_000, 0]


async def test_webhooks_survive_a_restart_until_they_are_acknowledged(
    settings: Settings, shop: Shop
) -> None:
    shop.answers = [Response(status_code=500)] * 2
    async with outside_world(settings, shop.app()) as before:
        await booked(before)
        await until(lambda: len(shop.received) == 2)

    async with outside_world(settings, shop.app()) as after:
        await until(lambda: len(shop.received) == 3)

        assert {one["Status"] for one in shop.messages()} == {"ready_to_pick"}
        assert await after.count("shipments", "CS1") == 1


async def test_a_parcel_can_be_reported_from_the_page(
    outside: Outside, move_clock: Callable[[int], None]
) -> None:
    order_code = await booked(outside)
    move_clock(60)

    pressed = await outside.http.post(
        f"/carrier/shipper/{order_code}/picked",
        data={"reason": ""},
        headers={"Accept": "text/html"},
    )

    assert (pressed.status_code, pressed.headers["location"]) == (303, "../../../carrier/shipper")
    page = await outside.http.get("/carrier/shipper")
    assert "Đã lấy hàng" in page.text
