"""Money never reported, or too late: asked for, kept or given back (G10, decision 0021)."""

from datetime import timedelta
from uuid import UUID

from services.order.tests.vnpay import opened
from services.order.tests.world import World
from sqlalchemy import update

from events import (
    HoldConfirmed,
    HoldCreated,
    HoldExpired,
    HoldLost,
    InvoiceIssued,
    OrderCancelled,
    OrderPlaced,
    PaymentConfirmed,
    PaymentFailed,
    RefundCompleted,
    RefundRequested,
)
from kit import clock
from order.tables import payments


async def test_a_lost_ipn_is_asked_for(world: World) -> None:
    """Querydr: every payment nobody told us about is asked about."""
    order = await world.place(await world.hold())
    world.notice(order["payment_url"])

    assert await world.ask_about_payments(after=timedelta(seconds=30)) == 0
    assert await world.ask_about_payments(after=timedelta(seconds=61)) == 1

    assert (await world.read(order))["status"] == "PENDING"
    assert len(await world.published(PaymentConfirmed)) == 1


async def test_a_payment_never_opened_expires_after_its_window(world: World) -> None:
    order = await world.place(await world.hold())
    await world.ask_about_payments(after=timedelta(seconds=61))
    assert (await world.read(order))["payment_status"] == "INITIATED"

    await _pretend_it_began_earlier(world, timedelta(minutes=16))
    await world.ask_about_payments(after=timedelta(minutes=20))

    [failed] = await world.published(PaymentFailed)
    assert failed.reason_code == "PAYMENT_EXPIRED"
    assert (await world.read(order))["payment_status"] == "EXPIRED"
    assert (await world.read(order))["status"] == "AWAITING_PAYMENT"


async def test_an_unfinished_payment_is_waited_for_a_little_longer(world: World) -> None:
    order = await world.place(await world.hold())
    reference = opened(order["payment_url"])["vnp_TxnRef"]
    world.vnpay.status[reference], world.vnpay.amounts[reference] = "01", order["total_vnd"]

    await _pretend_it_began_earlier(world, timedelta(minutes=16))
    await world.ask_about_payments(after=timedelta(minutes=20))
    assert (await world.read(order))["payment_status"] == "PENDING"

    world.vnpay.status[reference] = "00"
    await world.ask_about_payments(after=timedelta(minutes=40))
    assert (await world.read(order))["payment_status"] == "PAID"


async def test_money_that_comes_after_the_hold_expired_brings_the_order_back(
    world: World,
) -> None:
    """G10, decision 0021: paid in time, heard late, and the number was still free."""
    hold = await world.hold()
    order = await world.place(hold)
    await world.consumes(_expired(hold))
    assert (await world.read(order))["cancel"]["reason_code"] == "HOLD_EXPIRED"

    assert await world.ipn(order["payment_url"]) == "00"
    assert (await world.read(order))["status"] == "CANCELLED"
    assert len(await world.published(PaymentConfirmed)) == 1
    assert await world.published(InvoiceIssued, RefundRequested) == []

    await world.consumes(_confirmed(hold))
    assert (await world.read(order))["status"] == "PENDING"
    assert len(await world.published(OrderPlaced)) == 2
    assert len(await world.published(InvoiceIssued)) == 1


async def test_money_that_finds_no_number_goes_back(world: World) -> None:
    """G10: HoldLost after a late success: one refund, whoever repeats what."""
    hold = await world.hold()
    order = await world.place(hold)
    await world.consumes(_expired(hold))
    await world.ipn(order["payment_url"])

    await world.consumes(_lost(hold, order), _lost(hold, order))
    await world.bank_settles()
    await world.bank_settles()

    [requested] = await world.published(RefundRequested)
    assert requested.amount_vnd == order["total_vnd"]
    assert len(await world.published(RefundCompleted)) == 1
    assert len(await world.published(OrderCancelled)) == 1
    assert world.vnpay.refund_calls == 1
    assert (await world.read(order))["payment_label_vi"] == "Đã hoàn tiền"


async def test_a_hold_lost_in_time_cancels_and_refunds(world: World) -> None:
    hold = await world.hold()
    order = await world.place(hold)
    await world.ipn(order["payment_url"])

    await world.consumes(_lost(hold, order))

    [cancelled] = await world.published(OrderCancelled)
    assert (cancelled.cancelled_by, cancelled.reason_code) == ("SYSTEM", "HOLD_LOST")
    assert cancelled.refund_due_vnd == order["total_vnd"]
    assert len(await world.published(RefundRequested)) == 1


async def test_success_is_heard_even_after_we_had_given_the_attempt_up(world: World) -> None:
    order = await world.place(await world.hold())
    await _pretend_it_began_earlier(world, timedelta(minutes=16))
    await world.ask_about_payments(after=timedelta(minutes=20))
    assert (await world.read(order))["payment_status"] == "EXPIRED"

    assert await world.ipn(order["payment_url"]) == "00"

    assert (await world.read(order))["status"] == "PENDING"
    assert len(await world.published(PaymentConfirmed)) == 1


def _expired(hold: HoldCreated) -> HoldExpired:
    return HoldExpired(occurred_at=clock.now(), hold_id=hold.hold_id, number_id=hold.number_id)


def _confirmed(hold: HoldCreated) -> HoldConfirmed:
    return HoldConfirmed(
        occurred_at=clock.now(), hold_id=hold.hold_id, number_id=hold.number_id, because="PAID"
    )


def _lost(hold: HoldCreated, order: dict[str, str]) -> HoldLost:
    return HoldLost(
        occurred_at=clock.now(),
        hold_id=hold.hold_id,
        number_id=hold.number_id,
        order_id=UUID(order["order_id"]),
    )


async def _pretend_it_began_earlier(world: World, ago: timedelta) -> None:
    async with world.db.transaction() as tx:
        earlier = {
            "created_at": payments.c.created_at - ago,
            "pay_before": payments.c.pay_before - ago,
        }
        await tx.execute(update(payments).values(earlier))
