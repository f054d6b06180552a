"""Cancelling: who may, who decides, in which order facts arrive (F4.3, F4.10, decision 0022)."""

import asyncio

import pytest
from services.order.tests.parcels import says
from services.order.tests.world import World

from events import (
    CancelRefused,
    CancelRequested,
    OrderCancelled,
    RefundCompleted,
    RefundRequested,
    ShipmentCancelled,
    ShipmentConfirmed,
    ShipmentDelivered,
    ShipmentHandedOver,
    StorePickupReady,
)


async def test_an_unpaid_order_is_cancelled_at_once(world: World) -> None:
    """F4.3 TH1 before any money: nothing is owed and nobody has to be asked."""
    order = await world.place(await world.hold())

    answer = await world.cancel(order)

    assert (answer.status_code, answer.json()["status"]) == (200, "CANCELLED")
    assert answer.json()["label_vi"] == "Đã hủy"
    [cancelled] = await world.published(OrderCancelled)
    assert (cancelled.cancelled_by, cancelled.refund_due_vnd) == ("CUSTOMER", 0)
    assert await world.published(CancelRequested, RefundRequested) == []


async def test_a_parcel_is_only_asked_to_stop(world: World) -> None:
    """F4.3 TH1, 42: shipping decides once a shipment may exist."""
    order = await world.paid()

    answer = await world.cancel(order)

    assert (answer.status_code, answer.json()["status"]) == (202, "PENDING")
    assert answer.json()["cancel"]["pending"] is True
    [asked] = await world.published(CancelRequested)
    assert (asked.requested_by, asked.reason_code) == ("CUSTOMER", "CHANGED_MIND")
    assert await world.published(OrderCancelled, RefundRequested) == []


async def test_a_stopped_parcel_cancels_and_refunds(world: World) -> None:
    """F4.11: the order is cancelled and paid money goes back, once."""
    order = await world.paid()
    await world.cancel(order)

    stopped = says(ShipmentCancelled, order["hold_id"])
    await world.consumes(stopped, says(ShipmentCancelled, order["hold_id"]), stopped)
    await world.bank_settles()

    [cancelled] = await world.published(OrderCancelled)
    assert (cancelled.cancelled_by, cancelled.reason_code) == ("CUSTOMER", "CHANGED_MIND")
    assert (cancelled.refund_due_vnd, cancelled.keep_number_until) == (order["total_vnd"], None)
    assert len(await world.published(RefundCompleted)) == 1


async def test_awaiting_collection_can_still_be_cancelled(world: World) -> None:
    """F4.10 TH1, G19."""
    order = await world.place(await world.hold(), "COD")
    await world.consumes(says(ShipmentConfirmed, order["hold_id"]))

    answer = await world.cancel(order)
    await world.consumes(says(ShipmentCancelled, order["hold_id"]))

    assert (answer.status_code, answer.json()["status"]) == (202, "AWAITING_COLLECTION")
    assert (await world.read(order))["status"] == "CANCELLED"
    assert await world.published(RefundRequested) == []


async def test_not_cancelling_goes_on(world: World) -> None:
    """F4.3 TH2, F4.10 TH2: without a cancel the parcel takes its way."""
    order = await world.place(await world.hold(), "COD")
    await world.consumes(
        says(ShipmentConfirmed, order["hold_id"]), says(ShipmentHandedOver, order["hold_id"])
    )

    assert (await world.read(order))["label_vi"] == "Đang giao hàng"


async def test_too_late_keeps_the_order_and_says_why(world: World) -> None:
    """G18: the courier was faster."""
    order = await world.paid()
    await world.cancel(order)

    await world.consumes(
        says(CancelRefused, order["hold_id"], reason_code="HANDED_OVER"),
        says(ShipmentHandedOver, order["hold_id"]),
    )

    shown = await world.read(order)
    assert shown["status"] == "DELIVERING"
    assert (shown["cancel"]["pending"], shown["cancel"]["refused_because"]) == (
        False,
        "HANDED_OVER",
    )
    assert await world.published(OrderCancelled) == []


@pytest.mark.parametrize("stopped_first", [True, False])
async def test_a_cancel_and_a_hand_over_end_alike_in_either_order_of_hearing(
    world: World, *, stopped_first: bool
) -> None:
    """G18: shipping decided; a late word about a courier brings nothing back."""
    order = await world.paid()
    await world.cancel(order)
    stopped = says(ShipmentCancelled, order["hold_id"])
    handed = says(ShipmentHandedOver, order["hold_id"])

    await world.consumes(*((stopped, handed) if stopped_first else (handed, stopped)))

    assert (await world.read(order))["status"] == "CANCELLED"
    assert len(await world.published(OrderCancelled)) == 1
    assert len(await world.published(RefundRequested)) == 1


@pytest.mark.parametrize("step", [ShipmentHandedOver, ShipmentDelivered])
async def test_what_is_on_the_road_or_delivered_is_not_cancelled(
    world: World, step: type[ShipmentHandedOver]
) -> None:
    """42: the answer says what to do instead."""
    order = await world.place(await world.hold(), "COD")
    await world.consumes(says(step, order["hold_id"]))

    answer = await world.cancel(order)

    assert answer.status_code == 409
    advice = answer.json()["advice_vi"]
    assert ("từ chối khi người giao hàng đến" in advice) is (step is ShipmentHandedOver)


async def test_of_two_cancels_one_counts(world: World) -> None:
    """A second wish neither asks shipping again nor cancels again."""
    at_once = await world.place(await world.hold())
    with_parcel = await world.place(await world.hold(), "COD")

    first = await asyncio.gather(*(world.cancel(at_once) for _ in range(6)))
    second = await asyncio.gather(*(world.cancel(with_parcel) for _ in range(6)))

    assert sorted(a.status_code for a in first) == [200] + [409] * 5
    assert {a.status_code for a in second} == {202}
    assert len(await world.published(OrderCancelled)) == 1
    assert len(await world.published(CancelRequested)) == 1


async def test_staff_of_the_region_may_cancel_with_a_reason(world: World) -> None:
    """G17."""
    order = await world.place(await world.hold(), "COD")
    await world.consumes(says(StorePickupReady, order["hold_id"]))
    path = f"/v1/staff/orders/{order['order_id']}/cancel"
    why = {"reason_code": "OUT_OF_STOCK"}

    elsewhere = await world.staff("osp_staff", regions=("KV1",)).post(path, json=why)
    no_role = await world.staff("call_agent", regions=("KV2",)).post(path, json=why)
    no_reason = await world.staff("osp_staff", regions=("KV2",)).post(path, json={})
    right = await world.staff("osp_staff", regions=("KV2",)).post(path, json=why)

    codes = [a.status_code for a in (elsewhere, no_role, no_reason, right)]
    assert codes == [404, 403, 422, 202]
    [asked] = await world.published(CancelRequested)
    assert (asked.requested_by, asked.reason_code) == ("STAFF", "OUT_OF_STOCK")


async def test_a_parcel_rejected_by_shippings_staff_cancels_the_order(world: World) -> None:
    """G17: rejected where the parcels are; nobody had asked us."""
    order = await world.paid()

    await world.consumes(says(ShipmentCancelled, order["hold_id"]))

    [cancelled] = await world.published(OrderCancelled)
    assert (cancelled.cancelled_by, cancelled.reason_code) == ("STAFF", "REJECTED_BY_STAFF")
    assert len(await world.published(RefundRequested)) == 1
