"""Cancelling an eSIM: activation answers, for its connection may be under way (G18)."""

from datetime import timedelta

from services.order.tests.parcels import says
from services.order.tests.world import World

from events import (
    ActivationStopped,
    ActivationStopRefused,
    CancelRequested,
    ConnectionConfirmed,
    ConnectionDelayed,
    ConnectionQueued,
    OrderCancelled,
    RefundCompleted,
    RefundRequested,
)
from kit import clock


async def test_a_paid_esim_is_only_asked_to_stop(world: World) -> None:
    """G18: its connection may be under way; activation decides, as shipping does for a parcel."""
    order = await world.paid(sim="ESIM")

    answer = await world.cancel(order)

    assert (answer.status_code, answer.json()["status"]) == (202, "PENDING")
    assert answer.json()["cancel"]["pending"] is True
    [asked] = await world.published(CancelRequested)
    assert (asked.requested_by, asked.reason_code) == ("CUSTOMER", "CHANGED_MIND")
    assert await world.published(OrderCancelled, RefundRequested) == []


async def test_an_esim_that_was_stopped_is_cancelled_and_refunded_once(world: World) -> None:
    order = await world.paid(sim="ESIM")
    await world.cancel(order)

    await world.consumes(*(says(ActivationStopped, order["hold_id"]) for _ in range(2)))
    await world.bank_settles()

    [cancelled] = await world.published(OrderCancelled)
    assert (cancelled.cancelled_by, cancelled.reason_code) == ("CUSTOMER", "CHANGED_MIND")
    assert cancelled.refund_due_vnd == order["total_vnd"]
    assert len(await world.published(RefundCompleted)) == 1
    assert (await world.read(order))["payment_status"] == "REFUNDED"


async def test_an_esim_whose_connection_was_quicker_goes_on_and_says_why(world: World) -> None:
    order = await world.paid(sim="ESIM")
    await world.cancel(order)

    refused = says(ActivationStopRefused, order["hold_id"], reason_code="CONNECTION_UNDER_WAY")
    await world.consumes(refused, says(ActivationStopped, order["hold_id"]))

    shown = await world.read(order)
    assert (shown["status"], shown["cancel"]["pending"]) == ("PENDING", False)
    assert shown["cancel"]["refused_because"] == "CONNECTION_UNDER_WAY"
    assert await world.published(OrderCancelled, RefundRequested) == []


async def test_what_an_officer_has_decided_is_refused_at_once(world: World) -> None:
    """Waiting in the queue it can still be asked back; once decided it cannot."""
    queued = await world.paid(sim="ESIM")
    await world.consumes(says(ConnectionQueued, queued["hold_id"]))
    decided = await world.paid(sim="ESIM")
    await world.consumes(says(ConnectionConfirmed, decided["hold_id"]))

    answer = await world.cancel(decided)

    assert (await world.cancel(queued)).status_code == 202
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/cannot-cancel")
    assert "đấu nối" in answer.json()["advice_vi"]


async def test_what_the_operator_sent_back_to_the_desk_can_be_asked_back_again(
    world: World,
) -> None:
    """The customer is not told "too late" because of somebody else's trouble."""
    order, now = await world.paid(sim="ESIM"), clock.now()
    await world.consumes(
        says(ConnectionConfirmed, order["hold_id"], at=now),
        says(ConnectionDelayed, order["hold_id"], at=now + timedelta(seconds=1)),
    )

    assert (await world.read(order))["activation_status"] == "QUEUED"
    assert (await world.cancel(order)).status_code == 202


async def test_an_esim_nobody_has_paid_is_cancelled_at_once(world: World) -> None:
    order = await world.place(await world.hold(sim="ESIM"))

    answer = await world.cancel(order)

    assert (answer.status_code, answer.json()["status"]) == (200, "CANCELLED")
    assert await world.published(CancelRequested) == []
