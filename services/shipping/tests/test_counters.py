"""The store's counter (F4.5 TH2, F4.6, F4.7, G15)."""

from datetime import date
from typing import Any

import httpx
import pytest
from services.shipping.tests.world import Journey, Journeys, stated

from kit.db import Database
from kit.testing import published
from values.hold_codes import hold_code

NOBODYS = hold_code(date(2026, 11, 3), "ZZZZZ")


async def give(journey: Journey, serial: str = "1234567890", **more: Any) -> httpx.Response:
    async with journey.store() as store:
        body = {"hold_code": journey.hold_code, "sim_serial": serial} | more
        return await store.post("/v1/store/hand-overs", json=body)


async def test_a_store_sees_its_own_orders_and_tells_the_customer_when_one_is_ready(
    new_journey: Journeys, db: Database
) -> None:
    """F4.6."""
    journey = await new_journey(delivery="STORE").begin()
    await new_journey().begin()  # a home delivery is no business of the store
    shipment = await journey.shipment()
    async with journey.store() as ours, journey.store("2HCM0002") as theirs:
        here = (await ours.get("/v1/store/shipments")).json()["items"]
        there = (await theirs.get("/v1/store/shipments")).json()["items"]
        foreign = await theirs.post(f"/v1/store/shipments/{shipment.id}/ready")
        ready = [await ours.post(f"/v1/store/shipments/{shipment.id}/ready") for _ in range(2)]

    assert [item["shipment_id"] for item in here] == [str(shipment.id)]
    assert there == []
    assert foreign.status_code == 404
    assert [(r.json()["tab_label"], r.json()["status_label"]) for r in ready] == [
        ("Chờ lấy hàng", "Chờ khách đến lấy")
    ] * 2
    (fact,) = await stated(db)
    assert (fact.topic, fact.store_code) == ("StorePickupReady", "2HCM0001")
    async with journey.customer() as me:
        seen = (await me.get(f"/v1/shipments/by-hold/{journey.hold_id}")).json()
    assert seen["store"]["name"] == "Cửa hàng Sài Gòn"


@pytest.mark.parametrize("ready_first", ["ready first", ""])
async def test_a_paid_sim_is_given_against_the_hold_code_without_money(
    new_journey: Journeys, db: Database, ready_first: str
) -> None:
    """F4.7, G15: from "Chờ xử lý" as well as from "Chờ khách đến lấy"."""
    journey = await new_journey(delivery="STORE").begin()
    if ready_first:
        async with journey.store() as store:
            await store.post(f"/v1/store/shipments/{(await journey.shipment()).id}/ready")

    given = await give(journey, "1234567890")
    again = await give(journey, "1234567890")

    assert (given.status_code, given.json()["tab_label"]) == (200, "Đã giao")
    assert again.status_code == 200
    done = [f for f in await stated(db) if f.topic != "StorePickupReady"]
    assert [(f.topic, f.sim_serial, f.store_code) for f in done] == [
        ("StorePickupDone", "1234567890", "2HCM0001")
    ]


async def test_money_due_is_collected_to_the_dong(new_journey: Journeys, db: Database) -> None:
    """G15: the customer pays at the counter."""
    journey = await new_journey(delivery="STORE", payment="COD").begin()

    wrong = [await give(journey), await give(journey, collected_vnd=109_999)]
    right = await give(journey, collected_vnd=110_000)

    assert [w.status_code for w in wrong] == [422, 422]
    assert wrong[0].json()["due_vnd"] == 110_000
    assert right.status_code == 200
    collected, done = await stated(db)
    assert (collected.topic, collected.amount_vnd, collected.collected_by) == (
        "CodCollected",
        110_000,
        "COUNTER",
    )
    assert done.topic == "StorePickupDone"


async def test_money_that_is_not_due_is_not_taken(new_journey: Journeys) -> None:
    journey = await new_journey(delivery="STORE").begin()

    answer = await give(journey, collected_vnd=110_000)

    assert (answer.status_code, answer.json()["due_vnd"]) == (422, 0)


async def test_an_unpaid_order_is_not_given_out(new_journey: Journeys, db: Database) -> None:
    journey = new_journey(delivery="STORE")
    await journey.hear(journey.created(), journey.placed(), journey.routed())

    answer = await give(journey)

    assert (answer.status_code, answer.json()["state"]) == (409, "WAITING_PAYMENT")
    assert await published(db) == []


async def test_a_hold_code_of_another_store_looks_like_none(new_journey: Journeys) -> None:
    journey = await new_journey(delivery="STORE").begin()
    body = {"hold_code": journey.hold_code, "sim_serial": "1234567890"}

    async with journey.store("2HCM0002") as theirs:
        answer = await theirs.post("/v1/store/hand-overs", json=body)
    async with journey.store() as ours:
        unknown = await ours.post("/v1/store/hand-overs", json=body | {"hold_code": NOBODYS})
        misread = await ours.post("/v1/store/hand-overs", json=body | {"hold_code": "GS1"})

    assert (answer.status_code, unknown.status_code, misread.status_code) == (404, 404, 422)


async def test_a_hold_code_typed_in_groups_and_small_letters_is_understood(
    new_journey: Journeys,
) -> None:
    journey = await new_journey(delivery="STORE").begin()
    code = journey.hold_code.lower().replace("0", "o").replace("1", "l")

    answer = await give(journey, hold_code=f"{code[:2]}-{code[2:8]} {code[8:]}")

    assert answer.status_code == 200


async def test_a_serial_scanned_with_blanks_or_wide_digits_is_the_same_serial(
    new_journey: Journeys, db: Database
) -> None:
    journey = await new_journey(delivery="STORE").begin()

    answer = await give(journey, " ８９８４ 0123 4567 8901 234 ")

    assert answer.status_code == 200
    assert (await stated(db))[-1].sim_serial == "8984012345678901234"


async def test_a_sim_that_another_customer_has_is_not_given_twice(new_journey: Journeys) -> None:
    first = await new_journey(delivery="STORE").begin()
    second = await new_journey(delivery="STORE").begin()
    await give(first, "7777777777")

    answer = await give(second, "7777777777")

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/serial-taken")
    assert await second.status() == "PENDING"


async def test_a_cancelled_order_is_not_given_out(new_journey: Journeys) -> None:
    journey = await new_journey(delivery="STORE").begin()
    await journey.hear(journey.cancel_requested())

    answer = await give(journey)

    assert (answer.status_code, answer.json()["state"]) == (409, "CANCELLED")
