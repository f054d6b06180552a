"""Refunds that no bank gives back: staff of the order's region transfer them (G18)."""

import asyncio
from datetime import datetime
from typing import Any

from services.order.tests.parcels import says
from services.order.tests.world import World

from events import (
    ActivationExpired,
    CodCollected,
    Event,
    RefundCompleted,
    ShipmentDelivered,
)


async def test_staff_of_the_region_transfer_what_the_bank_does_not(world: World) -> None:
    """The list is theirs alone; a transfer is noted once, with who and by which reference."""
    order = await _by_hand(world)
    staff = world.staff("osp_staff", regions=("KV2",))
    elsewhere = world.staff("osp_staff", regions=("KV1",))
    [listed] = (await staff.get("/v1/staff/refunds")).json()["items"]
    path = f"/v1/staff/refunds/{listed['refund_id']}/transferred"
    reference = {"bank_reference": "FT26333012345"}

    assert (listed["order_id"], listed["state"]) == (order["order_id"], "BY_HAND")
    assert (listed["amount_vnd"], listed["method"]) == (order["total_vnd"], "COD")
    assert (await elsewhere.get("/v1/staff/refunds")).json()["items"] == []
    assert (await elsewhere.post(path, json=reference)).status_code == 404
    assert (await world.staff("call_agent").post(path, json=reference)).status_code == 403
    assert (await staff.post(path, json={"bank_reference": "?"})).status_code == 422
    assert await world.published(RefundCompleted) == []

    done = await staff.post(path, json=reference)
    again = await staff.post(path, json=reference)
    other = await staff.post(path, json={"bank_reference": "FT26333099999"})

    assert (done.status_code, again.status_code, other.status_code) == (200, 200, 409)
    assert done.json() == again.json()
    assert done.json()["bank_reference"] == "FT26333012345"
    assert done.json()["settled_by"]
    assert other.json()["bank_reference"] == "FT26333012345"
    assert (await staff.get("/v1/staff/refunds")).json()["items"] == []
    assert len(await world.published(RefundCompleted)) == 1
    assert (await world.read(order))["payment_label_vi"] == "Đã hoàn tiền"


async def test_of_two_people_who_transfer_one_is_told_to_look(world: World) -> None:
    order = await _by_hand(world)
    staff = world.staff("admin")
    [listed] = (await staff.get("/v1/staff/refunds")).json()["items"]
    path = f"/v1/staff/refunds/{listed['refund_id']}/transferred"

    answers = await asyncio.gather(
        *(staff.post(path, json={"bank_reference": f"FT{number:04}"}) for number in range(8))
    )

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    [late, *_] = [answer.json() for answer in answers if answer.status_code == 409]
    [settled] = (await world.read(order))["refunds"]
    assert late["decided_by"]
    assert datetime.fromisoformat(late["decided_at"]) == datetime.fromisoformat(
        settled["settled_at"]
    )
    assert len(await world.published(RefundCompleted)) == 1


async def test_what_is_at_the_bank_is_not_transferred_by_hand_as_well(world: World) -> None:
    order = await world.paid(sim="ESIM")
    await world.cancel_esim(order)
    await world.run_tasks()
    refund_id = (await world.read(order))["refunds"][0]["refund_id"]
    path = f"/v1/staff/refunds/{refund_id}/transferred"

    answer = await world.staff("admin").post(path, json={"bank_reference": "FT26333012345"})

    assert (answer.status_code, answer.json()["refund_state"]) == (409, "AT_BANK")


async def test_the_list_comes_in_pages_the_longest_owed_first(world: World) -> None:
    made = [(await _by_hand(world))["order_id"] for _ in range(3)]
    staff = world.staff("admin")

    first = (await staff.get("/v1/staff/refunds?limit=2")).json()
    rest = (await staff.get(f"/v1/staff/refunds?limit=2&after={first['next']}")).json()

    assert [item["order_id"] for item in first["items"] + rest["items"]] == made
    assert rest["next"] is None


async def _by_hand(world: World) -> Any:
    order = await world.place(await world.hold(), "COD")
    hold_id, total = order["hold_id"], order["total_vnd"]
    paid: Event = says(CodCollected, hold_id, amount_vnd=total)
    await world.consumes(says(ShipmentDelivered, hold_id), paid, says(ActivationExpired, hold_id))
    return order
