"""Money given back: when, how much, and once (G18, G21, G39)."""

import asyncio
from datetime import timedelta

from services.order.tests.parcels import says
from services.order.tests.world import World
from sqlalchemy import func, select

from events import (
    ActivationExpired,
    CodCollected,
    DeliveryRefused,
    HoldConfirmed,
    OrderCancelled,
    OrderPlaced,
    RefundCompleted,
    RefundFailed,
    RefundRequested,
    ShipmentCancelled,
    ShipmentDelivered,
    ShipmentHandedOver,
    ShipmentLost,
    ShipmentReturned,
)
from order.tables import refunds


async def test_money_that_arrives_after_a_cancel_goes_straight_back(world: World) -> None:
    """Money taken is money owed, and the hold is told again to let go of the number."""
    order = await world.place(await world.hold())
    await world.cancel(order)

    assert await world.ipn(order["payment_url"]) == "00"
    await world.bank_settles()
    await world.consumes(says(HoldConfirmed, order["hold_id"], because="PAID"))

    assert (await world.read(order))["status"] == "CANCELLED"
    assert len(await world.published(RefundCompleted)) == 1
    assert len(await world.published(OrderCancelled)) == 2
    assert len(await world.published(OrderPlaced)) == 1


async def test_many_reasons_to_refund_refund_once(world: World) -> None:
    """A payment has one refund, ever, for any reason and however often it is asked for."""
    order = await world.paid()
    await world.cancel(order)
    hold_id = order["hold_id"]

    await asyncio.gather(
        world.consumes(says(ShipmentCancelled, hold_id)),
        world.consumes(says(ShipmentReturned, hold_id)),
        world.consumes(says(ShipmentLost, hold_id)),
        world.consumes(says(DeliveryRefused, hold_id)),
        world.consumes(says(ShipmentCancelled, hold_id)),
    )
    await world.run_tasks()
    await world.run_tasks()

    assert len(await world.published(RefundRequested)) == 1
    assert len(await world.published(OrderCancelled)) == 1
    assert world.vnpay.refund_calls == 1
    async with world.db.transaction() as tx:
        assert await tx.scalar(select(func.count()).select_from(refunds)) == 1


async def test_a_refund_whose_answer_was_lost_is_asked_again_under_the_same_name(
    world: World,
) -> None:
    order = await world.paid(sim="ESIM")
    world.vnpay.lose_answers = 2
    await world.cancel_esim(order)

    for minutes in (0, 10, 20):
        await world.run_tasks(after=timedelta(minutes=minutes))
    await world.bank_settles()

    assert world.vnpay.refund_calls == 2  # the second was answered: asked for before
    assert len(world.vnpay.refunds) == 1
    assert len(await world.published(RefundCompleted)) == 1


async def test_a_paid_parcel_refused_at_the_door_is_refunded_at_its_return(world: World) -> None:
    """F4.15 TH1, F4.16-F4.18, G21."""
    order = await world.paid()
    hold_id = order["hold_id"]
    await world.consumes(says(ShipmentHandedOver, hold_id), says(DeliveryRefused, hold_id))

    shown = await world.read(order)
    assert (shown["status"], shown["sub_label_vi"]) == ("CANCELLED", "Đang hoàn hàng")
    [cancelled] = await world.published(OrderCancelled)
    assert (cancelled.cancelled_by, cancelled.refund_due_vnd) == ("CARRIER", order["total_vnd"])
    kept = cancelled.keep_number_until - cancelled.occurred_at
    assert kept == timedelta(hours=72)
    assert await world.published(RefundRequested) == []

    await world.consumes(says(ShipmentReturned, hold_id))
    assert (await world.read(order))["sub_status"] == "RETURNED"
    assert len(await world.published(RefundRequested)) == 1
    assert await _refund_overdue(world, hours=100) == 0


async def test_a_parcel_that_does_not_come_back_is_refunded_after_three_days(
    world: World,
) -> None:
    """G21: at the return, or after 72 hours at the latest."""
    order = await world.paid()
    await world.consumes(says(DeliveryRefused, order["hold_id"]))

    assert await _refund_overdue(world, hours=71) == 0
    assert await _refund_overdue(world, hours=73) == 1
    assert await _refund_overdue(world, hours=74) == 0

    await world.consumes(says(ShipmentReturned, order["hold_id"]))
    assert len(await world.published(RefundRequested)) == 1


async def test_an_unpaid_parcel_refused_at_the_door_frees_the_number_at_once(
    world: World,
) -> None:
    """G21: never paid, nothing to refund."""
    order = await world.place(await world.hold(), "COD")
    await world.consumes(says(ShipmentHandedOver, order["hold_id"]))

    await world.consumes(says(DeliveryRefused, order["hold_id"], reason_code="CUSTOMER_REFUSED"))
    await world.consumes(says(ShipmentReturned, order["hold_id"]))

    [cancelled] = await world.published(OrderCancelled)
    assert (cancelled.refund_due_vnd, cancelled.keep_number_until) == (0, None)
    assert cancelled.reason_code == "CUSTOMER_REFUSED"
    assert await world.published(RefundRequested) == []


async def test_a_lost_parcel_is_refunded_at_once(world: World) -> None:
    """G23."""
    order = await world.paid()

    await world.consumes(says(ShipmentHandedOver, order["hold_id"]))
    await world.consumes(says(ShipmentLost, order["hold_id"]))

    assert (await world.read(order))["sub_status"] == "LOST"
    assert len(await world.published(RefundRequested)) == 1


async def test_a_number_never_activated_is_refunded_by_policy(world: World) -> None:
    """G39."""
    order = await world.paid(sim="ESIM")

    await world.consumes(says(ActivationExpired, order["hold_id"]))

    shown = await world.read(order)
    assert (shown["status"], shown["activation_status"]) == ("CANCELLED", "EXPIRED")
    assert len(await world.published(RefundRequested)) == 1


async def test_cash_goes_back_by_hand(world: World) -> None:
    """G39 after COD: the gateway never had this money, so a person gives it back."""
    order = await world.place(await world.hold(), "COD")
    hold_id = order["hold_id"]
    total = order["total_vnd"]
    await world.consumes(
        says(ShipmentDelivered, hold_id), says(CodCollected, hold_id, amount_vnd=total)
    )

    await world.consumes(says(ActivationExpired, hold_id))
    await world.run_tasks()

    [failed] = await world.published(RefundFailed)
    assert failed.reason_code == "CASH_REFUND_BY_STAFF"
    assert world.vnpay.refund_calls == 0


async def _refund_overdue(world: World, *, hours: int) -> int:
    return await world.clock_strikes("refund_overdue_return", after=timedelta(hours=hours))
