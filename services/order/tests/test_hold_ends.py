"""An order whose hold ends, by the hold service's newest word (G10, 35)."""

from datetime import timedelta

from services.order.tests.parcels import says
from services.order.tests.world import World

from events import (
    HoldConfirmed,
    HoldExpired,
    HoldLost,
    HoldReleased,
    OrderCancelled,
    RefundRequested,
)
from kit import clock


async def test_an_expired_hold_ends_an_unpaid_order(world: World) -> None:
    """G10."""
    hold = await world.hold()
    order = await world.place(hold)

    await world.hears(says(HoldExpired, hold.hold_id))

    [cancelled] = await world.stated(OrderCancelled)
    assert (cancelled.cancelled_by, cancelled.reason_code) == ("SYSTEM", "HOLD_EXPIRED")
    assert (await world.read(order))["status"] == "CANCELLED"


async def test_an_expired_hold_does_not_end_a_paid_order(world: World) -> None:
    """35: the hold's next word decides: confirmed after all, or lost."""
    order = await world.paid()

    await world.hears(says(HoldExpired, order["hold_id"]))

    assert (await world.read(order))["status"] == "PENDING"


async def test_an_old_word_of_expiry_does_not_end_a_confirmed_order(world: World) -> None:
    order = await world.place(await world.hold(), "COD")
    hold_id = order["hold_id"]

    await world.hears(says(HoldConfirmed, hold_id))
    await world.hears(says(HoldExpired, hold_id, at=clock.now() - timedelta(seconds=5)))

    assert (await world.read(order))["status"] == "PENDING"


async def test_a_cash_order_whose_hold_is_confirmed_after_all_comes_back(world: World) -> None:
    order = await world.place(await world.hold(), "COD")

    await world.hears(says(HoldExpired, order["hold_id"]))
    await world.hears(says(HoldConfirmed, order["hold_id"]))

    assert (await world.read(order))["status"] == "PENDING"


async def test_a_hold_given_up_ends_an_unpaid_order(world: World) -> None:
    order = await world.place(await world.hold())

    await world.hears(says(HoldReleased, order["hold_id"], reason_code="CUSTOMER_RELEASED"))

    assert (await world.read(order))["cancel"]["reason_code"] == "CUSTOMER_RELEASED"


async def test_a_hold_given_up_under_a_paid_order_gives_the_money_back(world: World) -> None:
    """Money taken is money owed: by whatever detour the number was lost."""
    order = await world.paid()

    await world.hears(says(HoldReleased, order["hold_id"], reason_code="STAFF_RELEASED"))
    await world.hears(says(HoldLost, order["hold_id"]))

    assert (await world.read(order))["status"] == "CANCELLED"
    assert len(await world.stated(OrderCancelled)) == 1
    assert len(await world.stated(RefundRequested)) == 1
