"""Money of another amount, and dates of another clock (G10)."""

from datetime import timedelta

import pytest
from services.order.tests.vnpay import opened
from services.order.tests.world import World

from events import RefundRequested
from order.tables import payments


async def test_money_of_another_amount_goes_straight_back_and_is_not_asked_about_again(
    world: World,
) -> None:
    """VNPay says another amount was paid: not this order's money, and not ours either."""
    order = await world.place(await world.hold())
    reference = opened(order["payment_url"])["vnp_TxnRef"]
    world.vnpay.status[reference], world.vnpay.amounts[reference] = "00", 1_000

    await world.ask_about_payments(after=timedelta(minutes=2))
    await world.bank_settles()
    asked = world.vnpay.queries
    assert await world.ask_about_payments(after=timedelta(days=2)) == 0

    [requested] = await world.published(RefundRequested)
    assert (requested.amount_vnd, requested.reason_code) == (1_000, "WRONG_AMOUNT")
    assert world.vnpay.queries == asked
    shown = await world.read(order)
    assert (shown["status"], shown["payment_status"]) == ("AWAITING_PAYMENT", "FAILED")
    assert shown["refunds"][0]["state"] == "SETTLED"
    again = await world.customer().post(f"/v1/orders/{order['order_id']}/payments")
    assert await world.ipn(again.json()["payment_url"]) == "00"
    assert (await world.read(order))["status"] == "PENDING"


async def test_an_unpaid_attempt_of_another_amount_ends_like_any_other(world: World) -> None:
    order = await world.place(await world.hold())
    reference = opened(order["payment_url"])["vnp_TxnRef"]
    world.vnpay.status[reference], world.vnpay.amounts[reference] = "02", 1_000

    await world.ask_about_payments(after=timedelta(minutes=2))

    assert (await world.read(order))["payment_status"] == "FAILED"
    assert await world.published(RefundRequested) == []


@pytest.mark.parametrize("date", ["00010101000000", "99991231235959", "nonsense", ""])
async def test_a_payment_is_dated_between_its_beginning_and_now(world: World, date: str) -> None:
    """VNPay's clock is not ours: a date nobody can read again never reaches the table."""
    order = await world.place(await world.hold())

    assert await world.ipn(order["payment_url"], vnp_PayDate=date) == "00"

    async with world.db.transaction() as tx:
        [row] = (await tx.execute(payments.select())).all()
    assert row.created_at <= row.paid_at <= row.created_at + timedelta(minutes=1)
