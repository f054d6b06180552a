"""An order whose hold ends, by the hold service's newest word (G10, decision 0021)."""

from datetime import timedelta
from typing import Any

import pytest
from services.order.tests.parcels import says
from services.order.tests.world import World

from events import (
    CodCollected,
    Event,
    HoldConfirmed,
    HoldExpired,
    HoldLost,
    HoldReleased,
    InvoiceIssued,
    OrderCancelled,
    PaymentConfirmed,
    RefundRequested,
    ShipmentDelivered,
    ShipmentHandedOver,
)
from kit import clock


async def test_an_expired_hold_ends_an_unpaid_order(world: World) -> None:
    """G10."""
    hold = await world.hold()
    order = await world.place(hold)

    await world.consumes(says(HoldExpired, hold.hold_id))

    [cancelled] = await world.published(OrderCancelled)
    assert (cancelled.cancelled_by, cancelled.reason_code) == ("SYSTEM", "HOLD_EXPIRED")
    assert (await world.read(order))["status"] == "CANCELLED"


async def test_an_expired_hold_does_not_end_a_paid_order(world: World) -> None:
    """35: the hold's next word decides: confirmed after all, or lost."""
    order = await world.paid()

    await world.consumes(says(HoldExpired, order["hold_id"]))

    assert (await world.read(order))["status"] == "PENDING"


async def test_an_old_word_of_expiry_does_not_end_a_confirmed_order(world: World) -> None:
    order = await world.place(await world.hold(), "COD")
    hold_id = order["hold_id"]

    await world.consumes(says(HoldConfirmed, hold_id))
    await world.consumes(says(HoldExpired, hold_id, at=clock.now() - timedelta(seconds=5)))

    assert (await world.read(order))["status"] == "PENDING"


async def test_a_cash_order_whose_hold_is_confirmed_after_all_comes_back(world: World) -> None:
    order = await world.place(await world.hold(), "COD")

    await world.consumes(says(HoldExpired, order["hold_id"]))
    await world.consumes(says(HoldConfirmed, order["hold_id"]))

    assert (await world.read(order))["status"] == "PENDING"


async def test_a_hold_given_up_ends_an_unpaid_order(world: World) -> None:
    order = await world.place(await world.hold())

    await world.consumes(says(HoldReleased, order["hold_id"], reason_code="CUSTOMER_RELEASED"))

    assert (await world.read(order))["cancel"]["reason_code"] == "CUSTOMER_RELEASED"


async def test_a_hold_given_up_under_a_paid_order_gives_the_money_back(world: World) -> None:
    """Money taken is money owed: by whatever detour the number was lost."""
    order = await world.paid()

    await world.consumes(says(HoldReleased, order["hold_id"], reason_code="STAFF_RELEASED"))
    await world.consumes(says(HoldLost, order["hold_id"]))

    assert (await world.read(order))["status"] == "CANCELLED"
    assert len(await world.published(OrderCancelled)) == 1
    assert len(await world.published(RefundRequested)) == 1


async def test_a_parcel_paid_on_receipt_whose_hold_ran_out_on_the_road_ends(world: World) -> None:
    """The hold's clock does not stop at the courier's door: 21 days on the road are enough."""
    order = await world.place(await world.hold(), "COD")
    hold_id = order["hold_id"]
    await world.consumes(says(HoldConfirmed, hold_id), says(ShipmentHandedOver, hold_id))

    await world.consumes(says(HoldExpired, hold_id))

    [cancelled] = await world.published(OrderCancelled)
    assert (cancelled.cancelled_by, cancelled.reason_code) == ("SYSTEM", "HOLD_EXPIRED")


@pytest.mark.parametrize("cash_first", [True, False])
async def test_a_delivery_in_time_that_is_heard_late_brings_the_order_back_where_it_is(
    world: World, *, cash_first: bool
) -> None:
    """The hold decides: confirmed after all, the cash is kept and the tab is the parcel's."""
    order = await world.place(await world.hold(), "COD")
    hold_id = order["hold_id"]
    cash = says(CodCollected, hold_id, amount_vnd=order["total_vnd"])
    confirmed = says(HoldConfirmed, hold_id, at=clock.now() + timedelta(seconds=1))
    await world.consumes(says(ShipmentHandedOver, hold_id), says(HoldExpired, hold_id))

    await world.consumes(says(ShipmentDelivered, hold_id))
    await world.consumes(*((cash, confirmed) if cash_first else (confirmed, cash)))

    shown = await world.read(order)
    assert (shown["status"], shown["payment_status"]) == ("DELIVERED", "COD_COLLECTED")
    assert await world.published(RefundRequested) == []
    assert len(await world.published(InvoiceIssued)) == 1


@pytest.mark.parametrize("cash_first", [True, False])
async def test_cash_for_a_number_that_is_lost_goes_back(world: World, *, cash_first: bool) -> None:
    """The lost hold and the cash, in either order: no refund waits for a fact consumed before."""
    order = await world.place(await world.hold(), "COD")
    hold_id = order["hold_id"]
    cash = says(CodCollected, hold_id, amount_vnd=order["total_vnd"])
    lost = says(HoldLost, hold_id)
    await world.consumes(says(HoldExpired, hold_id))

    await world.consumes(*((cash, lost) if cash_first else (lost, cash)))

    [requested] = await world.published(RefundRequested)
    assert requested.amount_vnd == order["total_vnd"]
    assert (await world.read(order))["refunds"][0]["state"] == "BY_HAND"


@pytest.mark.parametrize(
    "order_of_facts", [(HoldExpired, CodCollected), (CodCollected, HoldExpired)]
)
async def test_the_hold_is_told_of_cash_so_that_it_can_say_what_became_of_the_number(
    world: World, order_of_facts: tuple[type[Event], type[Event]]
) -> None:
    """Cash taken at the door after the clock is told to the hold, which answers (decision 0021)."""
    order = await world.place(await world.hold(), "COD")
    hold_id, total = order["hold_id"], order["total_vnd"]

    for fact in order_of_facts:
        more: dict[str, Any] = {"amount_vnd": total} if fact is CodCollected else {}
        await world.consumes(says(fact, hold_id, **more))

    [confirmed] = await world.published(PaymentConfirmed)
    assert (confirmed.method, confirmed.amount_vnd) == ("COD", total)
    await world.consumes(says(HoldLost, hold_id))
    assert [fact.amount_vnd for fact in await world.published(RefundRequested)] == [total]


async def test_cash_that_goes_back_at_once_needs_no_word_of_the_hold(world: World) -> None:
    order = await world.place(await world.hold(), "COD")
    await world.consumes(says(HoldReleased, order["hold_id"], reason_code="STAFF_RELEASED"))

    await world.consumes(says(CodCollected, order["hold_id"], amount_vnd=order["total_vnd"]))

    assert await world.published(PaymentConfirmed) == []
    assert len(await world.published(RefundRequested)) == 1
