"""Orders in GHN's protocol: taken once, found, refused, cancelled (F4.8.2)."""

import asyncio
from typing import Any

import pytest
from simulators.tests.ghn import booked, call, parcel, report

from simulators.testing import Outside, Shop, until


async def test_an_order_is_taken_and_the_shop_is_told(outside: Outside, shop: Shop) -> None:
    order_code = await booked(outside)

    await until(lambda: len(shop.received) == 1)
    told = shop.messages()[0]
    assert str(shop.received[0].url) == "http://shop.test/v1/carriers/ghn/webhook/the-secret"
    assert (told["OrderCode"], told["ClientOrderCode"]) == (order_code, "CS1")
    assert (told["Type"], told["Status"], told["CODAmount"]) == ("create", "ready_to_pick", 199_000)
    status, order = await call(outside, "shipping-order/detail", {"order_code": order_code})
    assert (status, order["data"]["status"]) == (200, "ready_to_pick")
    assert order["data"]["to_name"] == "Nguyễn Thị Mẫu"


async def test_the_same_code_is_one_order_even_for_many_at_once(
    outside: Outside, shop: Shop
) -> None:
    codes = await asyncio.gather(*(booked(outside) for _ in range(8)))

    assert len(set(codes)) == 1
    assert await outside.count("shipments", "CS1") == 1
    await until(lambda: len(shop.received) == 1)


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

    _, order = await call(
        outside, "shipping-order/detail-by-client-code", {"client_order_code": "CS1"}
    )

    assert order["data"]["order_code"] == order_code


async def test_an_order_is_cancelled_until_it_is_collected(outside: Outside, shop: Shop) -> None:
    waiting, collected = await booked(outside, "CS1"), await booked(outside, "CS2")
    await report(outside, collected, "picked")
    codes = {"order_codes": [waiting, collected, "NEVER"]}

    await call(outside, "switch-status/cancel", codes)
    _, answer = await call(outside, "switch-status/cancel", codes)

    done = {one["order_code"]: one["result"] for one in answer["data"]}
    assert done == {waiting: True, collected: False, "NEVER": False}
    await until(lambda: len(shop.received) == 4)
    assert [one["OrderCode"] for one in shop.messages() if one["Status"] == "cancel"] == [waiting]


@pytest.mark.parametrize("codes", [None, [], "L1", [1], ["\x00"], {}])
async def test_a_cancellation_names_its_orders(outside: Outside, codes: object) -> None:
    status, _ = await call(outside, "switch-status/cancel", {"order_codes": codes})

    assert status == 400
