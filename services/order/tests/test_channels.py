"""The other entrance: a channel takes the money first (P2.2, G05)."""

from datetime import timedelta
from typing import Any

import pytest
from services.order.tests.parcels import says
from services.order.tests.world import World

from events import (
    ActivationExpired,
    HoldClaimed,
    HoldReleased,
    OrderCancelled,
    OrderPlaced,
    OrderRouted,
    PaymentConfirmed,
    RefundRequested,
    ShipmentCancelled,
    SimKind,
)
from events.ids import uuid7
from kit import clock

PAID = 175_000


async def _channel_hold(world: World, **terms: Any) -> Any:
    usual = {
        "entrance": "CHANNEL",
        "customer_id": None,
        "channel_code": "KV9WEB",
        "partner_id": uuid7(),
        "channel_paid_vnd": PAID,
        "channel_paid_at": clock.now() - timedelta(minutes=3),
        "channel_delivers": True,
    }
    return await world.hold(**(usual | terms))


@pytest.mark.parametrize(
    ("sim", "delivers", "delivery"),
    [
        ("PHYSICAL", True, "CHANNEL"),
        ("PHYSICAL", False, "CHANNEL"),
        ("ESIM", True, "ESIM"),
    ],
)
async def test_a_hold_a_channel_was_paid_for_is_ordered_by_the_system(
    world: World, sim: SimKind, delivery: str, *, delivers: bool
) -> None:
    """P2.2, P2.3: nobody clicks, and the money counts from when the channel took it."""
    hold = await _channel_hold(world, sim=sim, channel_delivers=delivers, promotion_code="KMTN4G")

    assert await world.topics() == [
        "OrderPlaced",
        "PaymentConfirmed",
        "InvoiceIssued",
        "PromotionAttached",
        "OrderRouted",
    ]
    [placed] = await world.published(OrderPlaced)
    assert (placed.payment, placed.delivery, placed.customer_id) == ("CHANNEL", delivery, None)
    [confirmed] = await world.published(PaymentConfirmed)
    assert (confirmed.method, confirmed.amount_vnd) == ("CHANNEL", PAID)
    assert confirmed.paid_at == hold.channel_paid_at


async def test_a_repeated_slip_is_one_order(world: World) -> None:
    hold = await _channel_hold(world)

    await world.consumes(hold, hold.model_copy(update={"event_id": uuid7()}))

    assert len(await world.published(OrderPlaced)) == 1


async def test_a_channels_own_customers_stay_with_its_region(world: World) -> None:
    """SD.3 ii."""
    await world.partner()
    await _channel_hold(world)

    [routed] = await world.published(OrderRouted)
    assert (routed.region, routed.team, routed.rule) == ("KV9", "KV9", "R2_OWN_CUSTOMERS")


async def test_a_claimed_order_is_in_its_customers_account(world: World) -> None:
    """P3.3."""
    hold = await _channel_hold(world)
    before = await world.customer().get(f"/v1/orders/by-hold/{hold.hold_id}")

    claimed = says(HoldClaimed, hold.hold_id, customer_id=world.customer_id)
    await world.consumes(claimed)
    after = await world.customer().get(f"/v1/orders/by-hold/{hold.hold_id}")

    assert (before.status_code, after.status_code) == (404, 200)
    assert after.json()["payment_label_vi"] == "Đã thanh toán"


async def test_a_channel_gives_its_own_money_back(world: World) -> None:
    """G18: we say how much is due; our gateway never had it."""
    hold = await _channel_hold(world)

    await world.consumes(says(ShipmentCancelled, hold.hold_id))

    [cancelled] = await world.published(OrderCancelled)
    assert cancelled.refund_due_vnd == PAID
    assert await world.published(RefundRequested) == []


@pytest.mark.parametrize(
    ("reason", "canceller"), [("CHANNEL_CANCELLED", "CHANNEL"), ("ACTIVATION_EXPIRED", "SYSTEM")]
)
async def test_a_hold_its_channel_gives_up_ends_the_order(
    world: World, reason: str, canceller: str
) -> None:
    """A deadline that passed is told twice, by the hold and by the activation: one end."""
    hold = await _channel_hold(world)

    await world.consumes(says(HoldReleased, hold.hold_id, reason_code=reason))
    if reason == "ACTIVATION_EXPIRED":
        await world.consumes(says(ActivationExpired, hold.hold_id))

    [cancelled] = await world.published(OrderCancelled)
    assert (cancelled.cancelled_by, cancelled.reason_code) == (canceller, reason)
