"""Flow 4: the parcel, its tabs, and everybody who may stop it."""

import pytest
from tests.e2e.stories import ordered_at_store, ordered_home, with_courier

from demo.actors import Actors
from demo.gateway import Refusal, until


async def test_a_customer_may_cancel_before_anybody_touched_the_order(actors: Actors) -> None:
    """F4.3 TH1, F4.11: the number is free again (G18)."""
    lan = await ordered_home(actors)
    await lan.order_is("PENDING")

    await lan.cancels()

    await lan.order_is("CANCELLED")
    await lan.hold_is("RELEASED")


async def test_a_customer_may_cancel_while_the_parcel_waits_for_its_courier(actors: Actors) -> None:
    """F4.3 TH2, F4.5 TH1, F4.8, F4.10 TH1, F4.11: the carrier's order is stopped too."""
    lan = await ordered_home(actors)
    osp = await actors.osp()
    shipment = await osp.sees_order(lan.hold_id)
    await osp.confirms(shipment)
    await osp.booked(shipment)
    await lan.order_is("AWAITING_COLLECTION")

    await lan.cancels()

    await lan.order_is("CANCELLED")
    assert await osp.sees_order(lan.hold_id, "CANCELLED")


async def test_after_the_hand_over_it_is_too_late_to_cancel(actors: Actors) -> None:
    """F4.10 TH2, F4.12, F4.13, F4.14 (G19): refuse at the door instead."""
    lan = await ordered_home(actors)
    await with_courier(actors, lan)

    with pytest.raises(Refusal) as refusal:
        await lan.cancels()

    assert refusal.value.status == 409
    await lan.order_is("DELIVERING")


async def test_a_customer_may_refuse_the_parcel_at_the_door(actors: Actors) -> None:
    """F4.15 TH1, F4.16, F4.17, F4.18."""
    lan = await ordered_home(actors)
    tracking, _ = await with_courier(actors, lan)

    await actors.outside.courier(tracking, "refused", "Khách đổi ý")
    await actors.outside.courier(tracking, "return")

    await lan.order_is("CANCELLED")
    await lan.hold_is("RELEASED")


async def test_a_parcel_that_was_not_taken_may_be_brought_again(actors: Actors) -> None:
    """F4.15 TH2 after a vain attempt: the order stands, and its money is recorded."""
    lan = await ordered_home(actors)
    tracking, _ = await with_courier(actors, lan)

    for what in ("delivery_failed", "refused", "storing", "delivering", "delivered"):
        await actors.outside.courier(tracking, what)
    await lan.order_is("DELIVERED")

    events = {item["event"] for item in await lan.timeline()}
    assert {"CodCollected", "ShipmentDelivered"} <= events
    assert "DeliveryRefused" not in events


async def test_the_courier_collects_what_is_due(actors: Actors) -> None:
    """F4.15 TH2, F4.19 TH2, F4.20, F4.21, F4.22, F4.23."""
    lan = await ordered_home(actors)
    tracking, _ = await with_courier(actors, lan)

    await actors.outside.courier(tracking, "delivered")
    await lan.order_is("DELIVERED")

    events = {item["event"] for item in await lan.timeline()}
    assert {"CodCollected", "ShipmentDelivered"} <= events


async def test_the_courier_collects_nothing_where_all_is_paid(actors: Actors) -> None:
    """F4.19 TH1."""
    lan = await ordered_home(actors, "ONLINE")
    await lan.pays()
    await lan.hold_is("CONFIRMED")
    tracking, _ = await with_courier(actors, lan)

    await actors.outside.courier(tracking, "delivered")
    await lan.order_is("DELIVERED")

    events = {item["event"] for item in await lan.timeline()}
    assert "ShipmentDelivered" in events
    assert "CodCollected" not in events


async def test_a_sim_is_handed_over_at_the_store_against_code_and_money(actors: Actors) -> None:
    """F4.5 TH2, F4.6, F4.7 (G15)."""
    lan = await ordered_at_store(actors)
    due = (await lan.order_is("PENDING"))["total_vnd"]
    store = await actors.store()
    await store.makes_ready(lan.hold_id)
    await lan.order_is("AWAITING_COLLECTION")

    with pytest.raises(Refusal) as unpaid:
        await store.hands_over(lan.hold["hold_code"], due - 1000)
    await store.hands_over(lan.hold["hold_code"], due)

    assert unpaid.value.status == 422
    await lan.order_is("DELIVERED")


async def test_a_cancelled_order_that_was_paid_is_refunded_by_itself(actors: Actors) -> None:
    """F4.3 TH1 (G18): exactly one refund."""
    lan = await ordered_home(actors, "ONLINE")
    await lan.pays()
    await lan.hold_is("CONFIRMED")
    await lan.order_is("PENDING")

    await lan.cancels()
    await lan.order_is("CANCELLED")

    async def refunded() -> bool:
        return "RefundCompleted" in [item["event"] for item in await lan.timeline()]

    await until("the refund", refunded)
    assert [item["event"] for item in await lan.timeline()].count("RefundCompleted") == 1


async def test_staff_may_reject_an_order_and_the_customer_is_told(actors: Actors) -> None:
    """G17: before the courier has it, with a reason."""
    lan = await ordered_home(actors)
    osp = await actors.osp()
    shipment = await osp.sees_order(lan.hold_id)

    await osp.rejects(shipment, "OUT_OF_STOCK")

    await lan.order_is("CANCELLED")

    async def told() -> bool:
        return any("hủy" in str(message).lower() for message in await lan.inbox())

    await until("the customer to be told", told)
