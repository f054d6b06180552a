"""Callbacks that get lost, come twice, late, or wrongly signed, and those that are repeated."""

import asyncio
from typing import Any

from fastapi import FastAPI
from fastapi.responses import Response

from simulators.settings import Settings
from simulators.testing import Outside, Shop, outside_world, until

PARCEL = {
    "client_order_code": "CS1",
    "to_name": "Mẫu",
    "to_phone": "0931266868",
    "to_address": "Số 2",
    "to_ward_code": "26734",
    "payment_type_id": 1,
    "required_note": "KHONGCHOXEMHANG",
    "weight": 50,
}


async def book(outside: Outside, code: str = "CS1") -> str:
    answer = await outside.http.post(
        "/carrier/shiip/public-api/v2/shipping-order/create",
        json=PARCEL | {"client_order_code": code},
        headers={"Token": "carrier-token", "ShopId": "1"},
    )
    order_code: str = answer.json()["data"]["order_code"]
    return order_code


async def picked(outside: Outside, order_code: str) -> None:
    await outside.http.post(f"/carrier/shipper/{order_code}/picked")


def statuses(shop: Shop) -> list[str]:
    return [one["Status"] for one in shop.messages()]


async def callback_states(outside: Outside) -> list[tuple[str, int]]:
    items: list[dict[str, Any]] = (await outside.http.get("/callbacks")).json()["items"]
    return [(one["state"], one["attempts"]) for one in items]


async def test_a_lost_callback_is_never_sent(outside: Outside, shop: Shop) -> None:
    await outside.fault("carrier", "lost_callback", times=1)
    order_code = await book(outside)

    await picked(outside, order_code)

    await until(lambda: len(shop.received) == 1)
    assert statuses(shop) == ["picked"]
    assert ("LOST", 0) in await callback_states(outside)


async def test_a_duplicate_callback_comes_twice(outside: Outside, shop: Shop) -> None:
    await outside.fault("carrier", "duplicate_callback", times=1, delay_seconds=0.05)

    await book(outside)

    await until(lambda: len(shop.received) == 2)
    assert shop.messages()[0] == shop.messages()[1]


async def test_a_callback_out_of_order_comes_after_its_successor(
    outside: Outside, shop: Shop
) -> None:
    await outside.fault("carrier", "out_of_order_callback", times=1, delay_seconds=600)
    order_code = await book(outside)

    await picked(outside, order_code)

    await until(lambda: len(shop.received) == 2)
    assert statuses(shop) == ["picked", "ready_to_pick"]


async def test_a_held_callback_comes_in_the_end_without_a_successor(
    outside: Outside, shop: Shop
) -> None:
    await outside.fault("carrier", "out_of_order_callback", times=1, delay_seconds=0.1)

    await book(outside)

    await until(lambda: len(shop.received) == 1)


async def test_a_wrong_signature_is_followed_by_the_right_one(outside: Outside, shop: Shop) -> None:
    await outside.fault("carrier", "wrong_signature", times=1)
    shop.answers = [Response(status_code=404)]

    await book(outside)

    await until(lambda: len(shop.received) == 2)
    assert [one.url.path.rpartition("/")[2] for one in shop.received] == [
        "another-secret",
        "the-secret",
    ]


async def test_an_acknowledged_callback_is_not_sent_again(outside: Outside, shop: Shop) -> None:
    shop.answers = [Response(status_code=500), Response(status_code=204)]

    await book(outside)

    async with asyncio.timeout(10):
        while await callback_states(outside) != [("DONE", 2)]:  # noqa: ASYNC110, over HTTP
            await asyncio.sleep(0.02)
    assert len(shop.received) == 2


async def test_a_callback_that_was_under_way_at_the_end_is_sent_again(
    settings: Settings, shop: Shop
) -> None:
    received, never = asyncio.Event(), asyncio.Event()
    deaf = FastAPI()

    @deaf.post("/{path:path}")
    async def hang(path: str) -> None:
        del path
        received.set()
        await never.wait()

    async with outside_world(settings, deaf) as before:
        await book(before)
        await received.wait()

    async with outside_world(settings, shop.app()):
        await until(lambda: len(shop.received) == 1)

    assert statuses(shop) == ["ready_to_pick"]
