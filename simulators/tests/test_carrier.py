"""GHN's protocol and the shipper (F4.8.2 to F4.22)."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.responses import Response

from simulators.carrier.statuses import STEPS, Action
from simulators.settings import Settings
from simulators.testing import Outside, Shop, outside_world, until

API = "/carrier/shiip/public-api/v2"
HEADERS = {"Token": "carrier-token", "ShopId": "2401"}


def parcel(code: str = "CS1", **changes: Any) -> dict[str, Any]:
    return {
        "client_order_code": code,
        "from_name": "Kho OSP",
        "from_phone": "0901234567",
        "from_address": "Số 1 Phố Thử",
        "to_name": "Nguyễn Thị Mẫu",
        "to_phone": "0931266868",
        "to_address": "Số 2 Phố Thử",
        "to_ward_code": "26734",
        "cod_amount": 199_000,
        "payment_type_id": 1,
        "required_note": "KHONGCHOXEMHANG",
        "weight": 50,
        "content": "SIM trắng",
        "pickup_time": 1_795_000_000,
        "items": [{"name": "SIM", "quantity": 1}],
    } | changes


async def call(outside: Outside, path: str, body: object, **headers: str) -> tuple[int, Any]:
    answer = await outside.http.post(f"{API}/{path}", json=body, headers=HEADERS | headers)
    assert answer.json()["code"] == answer.status_code
    return answer.status_code, answer.json()


async def booked(outside: Outside, code: str = "CS1", **changes: Any) -> str:
    status, answer = await call(outside, "shipping-order/create", parcel(code, **changes))
    assert status == 200, answer
    order_code: str = answer["data"]["order_code"]
    return order_code


async def report(outside: Outside, order_code: str, action: str, **fields: str) -> int:
    path = f"/carrier/shipper/{order_code}/{action}"
    return (await outside.http.post(path, json=fields)).status_code


async def test_an_order_is_taken_and_the_shop_is_told(outside: Outside, shop: Shop) -> None:
    order_code = await booked(outside)

    await until(lambda: len(shop.heard) == 1)
    told = shop.messages()[0]
    assert str(shop.heard[0].url) == "http://shop.test/v1/carriers/ghn/webhook/the-secret"
    assert (told["OrderCode"], told["ClientOrderCode"]) == (order_code, "CS1")
    assert (told["Type"], told["Status"], told["CODAmount"]) == ("create", "ready_to_pick", 199_000)
    status, found = await call(outside, "shipping-order/detail", {"order_code": order_code})
    assert (status, found["data"]["status"]) == (200, "ready_to_pick")
    assert found["data"]["to_name"] == "Nguyễn Thị Mẫu"


async def test_the_same_code_is_one_order_even_for_many_at_once(
    outside: Outside, shop: Shop
) -> None:
    codes = await asyncio.gather(*(booked(outside) for _ in range(8)))

    assert len(set(codes)) == 1
    assert await outside.count("shipments", "CS1") == 1
    await until(lambda: len(shop.heard) == 1)


async def test_two_parcels_for_one_order_are_seen_as_two(outside: Outside) -> None:
    for code in ("CS1", "CS1-2", "CS11"):
        await booked(outside, code)

    assert await outside.count("shipments", "CS1") == 2
    assert await outside.count("shipments") == 3


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Token": "wrong"}, 401),
        ({"Token": ""}, 401),
        ({"ShopId": ""}, 400),
        ({"ShopId": "abc"}, 400),
        ({"ShopId": "9" * 40}, 400),
    ],
)
async def test_whoever_is_unknown_is_refused(
    outside: Outside, headers: dict[str, str], status: int
) -> None:
    for path in ("shipping-order/create", "shipping-order/detail", "switch-status/cancel"):
        answered, _ = await call(outside, path, parcel(), **headers)

        assert answered == status
    assert await outside.count("shipments") == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"client_order_code": ""},
        {"client_order_code": "a b"},
        {"to_name": ""},
        {"to_name": "a\x00b"},
        {"to_phone": "123"},
        {"to_address": None},
        {"to_ward_code": ""},
        {"cod_amount": -1},
        {"cod_amount": "100"},
        {"cod_amount": 10**30},
        {"payment_type_id": 3},
        {"required_note": "MOTHU"},
        {"weight": 0},
        {"items": [{"name": "SIM", "quantity": 0}]},
        {"pickup_time": "mai"},
    ],
)
async def test_an_order_that_lacks_something_is_refused(
    outside: Outside, changes: dict[str, Any]
) -> None:
    status, answer = await call(outside, "shipping-order/create", parcel(**changes))

    assert status == 400
    assert answer["message"]


async def test_what_is_unknown_is_said_to_be_so(outside: Outside) -> None:
    for by, path in (("order_code", "detail"), ("client_order_code", "detail-by-client-code")):
        for code in ("NEVER", "", "\x00", 7, None):
            status, _ = await call(outside, f"shipping-order/{path}", {by: code})

            assert status == 400


async def test_the_shops_own_code_finds_the_order(outside: Outside) -> None:
    order_code = await booked(outside)

    _, found = await call(
        outside, "shipping-order/detail-by-client-code", {"client_order_code": "CS1"}
    )

    assert found["data"]["order_code"] == order_code


async def test_a_parcel_goes_its_way_and_the_shop_hears_each_step(
    outside: Outside, shop: Shop
) -> None:
    order_code = await booked(outside)

    for action in ("picked", "delivery_failed", "delivered"):
        assert await report(outside, order_code, action) == 200

    await until(lambda: len(shop.heard) == 4)
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

    await until(lambda: len(shop.heard) == 3)
    told = shop.messages()[2]
    assert (told["Status"], told["Reason"]) == ("waiting_to_return", "Đổi ý, không mua nữa")
    assert await report(outside, order_code, "delivered") == 409
    assert await report(outside, order_code, "returned") == 200


async def test_a_failed_collection_leaves_the_parcel_ready(outside: Outside, shop: Shop) -> None:
    order_code = await booked(outside)

    await report(outside, order_code, "pickup_failed")

    await until(lambda: len(shop.heard) == 2)
    told = shop.messages()[1]
    assert (told["Status"], told["ReasonCode"]) == ("ready_to_pick", "GHN-PFA1A0")


@pytest.mark.parametrize("action", [action for action, step in STEPS.items() if not step.reason])
async def test_nothing_is_delivered_that_was_not_collected(
    outside: Outside, action: Action
) -> None:
    order_code = await booked(outside)

    answered = await report(outside, order_code, action)

    assert answered == (200 if action in (Action.PICKING, Action.PICKED) else 409)


async def test_an_order_is_cancelled_until_it_is_collected(outside: Outside, shop: Shop) -> None:
    waiting, collected = await booked(outside, "CS1"), await booked(outside, "CS2")
    await report(outside, collected, "picked")
    codes = {"order_codes": [waiting, collected, "NEVER"]}

    await call(outside, "switch-status/cancel", codes)
    _, answer = await call(outside, "switch-status/cancel", codes)

    done = {one["order_code"]: one["result"] for one in answer["data"]}
    assert done == {waiting: True, collected: False, "NEVER": False}
    await until(lambda: len(shop.heard) == 4)
    assert [one["OrderCode"] for one in shop.messages() if one["Status"] == "cancel"] == [waiting]


@pytest.mark.parametrize("codes", [None, [], "L1", [1], ["\x00"], {}])
async def test_a_cancellation_names_its_orders(outside: Outside, codes: object) -> None:
    status, _ = await call(outside, "switch-status/cancel", {"order_codes": codes})

    assert status == 400


async def test_an_unknown_parcel_cannot_be_reported(outside: Outside) -> None:
    assert await report(outside, "NEVER", "picked") == 404
    assert await report(outside, "NEVER", "eaten") == 422


async def test_a_strange_status_comes_by_webhook_while_the_detail_tells_the_truth(
    outside: Outside, shop: Shop
) -> None:
    order_code = await booked(outside)
    await outside.fault("carrier", "unknown_status", times=1)

    await report(outside, order_code, "picked")

    await until(lambda: len(shop.heard) == 2)
    assert shop.messages()[1]["Status"] == "chuyen_kho_dac_biet"
    _, found = await call(outside, "shipping-order/detail", {"order_code": order_code})
    assert found["data"]["status"] == "picked"


async def test_webhooks_survive_a_restart_until_they_are_acknowledged(
    settings: Settings, shop: Shop
) -> None:
    shop.answers = [Response(status_code=500)] * 2
    async with outside_world(settings, shop.app()) as before:
        await booked(before)
        await until(lambda: len(shop.heard) == 2)

    async with outside_world(settings, shop.app()) as after:
        await until(lambda: len(shop.heard) == 3)

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
