"""A refund is done when the bank says so, or a person has transferred it (G18, G21)."""

from datetime import timedelta
from typing import Any

import pytest
from services.order.tests.world import World
from sqlalchemy import update

from events import (
    RefundAtBank,
    RefundCompleted,
    RefundFailed,
)
from order.tables import refunds


async def _cancelled(world: World) -> Any:
    order = await world.paid(sim="ESIM")
    await world.cancel_esim(order)
    return order


async def _outcome(world: World, order: Any) -> tuple[str, str]:
    shown = await world.read(order)
    return shown["payment_status"], shown["refunds"][0]["state"]


@pytest.mark.parametrize("status", ["05", "06"])
async def test_a_bank_that_is_still_at_work_has_not_refunded(world: World, status: str) -> None:
    order = await _cancelled(world)

    await world.bank_settles(status)

    assert await _outcome(world, order) == ("REFUND_PENDING", "AT_BANK")
    assert (await world.read(order))["payment_label_vi"] == "Ngân hàng đang xử lý hoàn tiền"
    assert len(await world.published(RefundAtBank)) == 1
    assert await world.published(RefundCompleted, RefundFailed) == []


async def test_the_bank_is_asked_less_and_less_often_until_it_has_settled(world: World) -> None:
    order = await _cancelled(world)
    await world.run_tasks()

    await world.run_tasks(after=timedelta(seconds=5))
    assert world.vnpay.queries == 0
    await world.run_tasks(after=timedelta(minutes=1))
    assert world.vnpay.queries == 1
    await _requested_earlier(world, timedelta(hours=5))
    await world.run_tasks(after=timedelta(minutes=1))
    await world.run_tasks(after=timedelta(hours=4))
    assert world.vnpay.queries == 2

    world.vnpay.refund_status = "00"
    await world.run_tasks(after=timedelta(hours=6))
    await world.run_tasks(after=timedelta(days=1))
    assert world.vnpay.queries == 3
    assert await _outcome(world, order) == ("REFUNDED", "SETTLED")
    assert (
        len(await world.published(RefundAtBank)) == len(await world.published(RefundCompleted)) == 1
    )


@pytest.mark.parametrize("status", ["09", "02"])
async def test_what_the_bank_refuses_is_left_to_a_person(world: World, status: str) -> None:
    order = await _cancelled(world)

    await world.bank_settles(status)

    [failed] = await world.published(RefundFailed)
    assert failed.reason_code == "REFUND_REFUSED_BY_BANK"
    assert await _outcome(world, order) == ("REFUND_FAILED", "BY_HAND")


async def test_asked_for_before_says_nothing_by_the_payments_own_state(world: World) -> None:
    """94, and the question is answered about the payment: paid, which is not given back."""
    order = await _cancelled(world)
    world.vnpay.refunded_by_hand, world.vnpay.knows_refunds = True, False

    await world.bank_settles()
    assert await _outcome(world, order) == ("REFUND_PENDING", "AT_BANK")

    world.vnpay.knows_refunds = True
    await world.run_tasks(after=timedelta(hours=1))
    assert await _outcome(world, order) == ("REFUNDED", "SETTLED")


async def test_a_part_given_back_before_is_not_all(world: World) -> None:
    """94: somebody gave a part back at VNPay; the rest is for a person."""
    order = await _cancelled(world)
    world.vnpay.refunded_by_hand, world.vnpay.refund_amount = True, 1_000

    await world.bank_settles()

    [failed] = await world.published(RefundFailed)
    assert failed.reason_code == "REFUND_AMOUNT_DIFFERS"
    assert await _outcome(world, order) == ("REFUND_FAILED", "BY_HAND")


@pytest.mark.parametrize("code", ["91", "93", "95"])
async def test_what_vnpay_refuses_for_good_is_left_to_a_person(world: World, code: str) -> None:
    order = await _cancelled(world)
    world.vnpay.refund_code = code

    await world.run_tasks()
    await world.run_tasks(after=timedelta(hours=1))

    assert world.vnpay.refund_calls == 1
    assert await _outcome(world, order) == ("REFUND_FAILED", "BY_HAND")


@pytest.mark.parametrize("code", ["02", "03", "97"])
async def test_a_refund_vnpay_does_not_understand_rests_on_the_work_list_of_its_region(
    world: World, code: str
) -> None:
    """Our own terminal, form or signature is wrong: nobody is paid by hand for that."""
    order = await _cancelled(world)
    world.vnpay.refund_code = code
    await world.run_tasks()
    await world.run_tasks(after=timedelta(days=2))
    staff = world.staff("region_manager", regions=(order["region"],))

    [listed] = (await staff.get("/v1/work-list")).json()["items"]
    assert (listed["kind"], listed["reason_code"]) == ("refund", f"VNPAY_{code}")
    assert world.vnpay.refund_calls == 1

    world.vnpay.refund_code = None
    again = await staff.post(f"/v1/work-list/{listed['task_id']}/retry")
    assert again.status_code < 300, again.text
    await world.bank_settles()
    assert await _outcome(world, order) == ("REFUNDED", "SETTLED")


async def test_a_refund_whose_task_is_given_up_is_left_to_a_person(world: World) -> None:
    """Money owed is never only forgotten: without a task, a person has to transfer it."""
    order = await _cancelled(world)
    assert await world.clock_strikes("leave_refund_to_a_person") == 0
    world.vnpay.refund_code = "03"
    await world.run_tasks()
    staff = world.staff("admin")
    [listed] = (await staff.get("/v1/work-list")).json()["items"]
    path = f"/v1/work-list/{listed['task_id']}/give-up"
    assert (await staff.post(path, json={"reason_code": "NO_USE"})).status_code == 200

    assert await world.clock_strikes("leave_refund_to_a_person") == 1
    assert await world.clock_strikes("leave_refund_to_a_person") == 0

    [failed] = await world.published(RefundFailed)
    assert failed.reason_code == "ERRAND_GIVEN_UP"
    assert await _outcome(world, order) == ("REFUND_FAILED", "BY_HAND")


async def test_an_unclear_answer_is_asked_again_and_a_day_of_them_is_shown_to_a_person(
    world: World,
) -> None:
    """99, 98: whether the refund was taken on is unknown; nobody waits for ever."""
    order = await _cancelled(world)
    world.vnpay.refund_code = "99"
    await world.run_tasks()
    assert await _outcome(world, order) == ("REFUND_PENDING", "REQUESTED")

    await _requested_earlier(world, timedelta(hours=25))
    await world.run_tasks(after=timedelta(hours=1))

    [failed] = await world.published(RefundFailed)
    assert failed.reason_code == "REFUND_UNANSWERED"


async def test_a_bank_that_never_settles_is_shown_to_a_person(world: World) -> None:
    order = await _cancelled(world)
    await world.run_tasks()

    await _requested_earlier(world, timedelta(days=31))
    await world.run_tasks(after=timedelta(hours=12))

    [failed] = await world.published(RefundFailed)
    assert failed.reason_code == "REFUND_UNSETTLED"
    assert await _outcome(world, order) == ("REFUND_FAILED", "BY_HAND")


async def _requested_earlier(world: World, ago: timedelta) -> None:
    earlier = {
        "requested_at": refunds.c.requested_at - ago,
        "at_bank_since": refunds.c.at_bank_since - ago,
    }
    async with world.db.transaction() as tx:
        await tx.execute(update(refunds).values(earlier))
