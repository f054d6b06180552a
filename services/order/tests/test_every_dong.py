"""Money that arrives is in a kept order or goes back, in any order of the facts (G10)."""

from typing import Any, Final

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from services.order.tests.parcels import says
from services.order.tests.world import World
from sqlalchemy import select

from events import (
    ActivationExpired,
    ActivationStopped,
    ActivationStopRefused,
    CodCollected,
    DeliveryRefused,
    Event,
    HoldConfirmed,
    HoldExpired,
    HoldLost,
    HoldReleased,
    ShipmentCancelled,
    ShipmentConfirmed,
    ShipmentDelivered,
    ShipmentHandedOver,
    ShipmentLost,
    ShipmentReturned,
)
from kit.testing import empty
from order.orders.states import HAS_MONEY
from order.tables import orders, payments, refunds

Step = str | type[Event]

PAID, PAID_AGAIN, CANCELLED = "paid", "paid again", "cancelled"
PARCEL: Final[list[Step]] = [
    ShipmentConfirmed,
    ShipmentHandedOver,
    DeliveryRefused,
    ShipmentDelivered,
    ShipmentCancelled,
    ShipmentReturned,
    ShipmentLost,
    CodCollected,
]
HOLD: Final[list[Step]] = [
    HoldExpired,
    HoldConfirmed,
    HoldLost,
    HoldReleased,
    ActivationExpired,
]
ONLINE: Final[list[Step]] = [PAID, PAID_AGAIN, CANCELLED]
ESIM: Final[list[Step]] = [ActivationStopped, ActivationStopRefused]

LAST_WORD: Final = st.sampled_from([HoldConfirmed, HoldLost, HoldReleased])
"""The hold's last word, after it has learned of the money."""
PLAYED: Final = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def facts_of(*of: list[Step]) -> st.SearchStrategy[list[Step]]:
    return st.lists(st.sampled_from([step for steps in of for step in steps]), max_size=8)


@PLAYED
@given(facts_of(ONLINE, HOLD, PARCEL), LAST_WORD)
@example([HoldExpired, PAID, HoldReleased], HoldConfirmed)  # the release overtook the confirmation
@example([HoldExpired, PAID, ActivationExpired], HoldReleased)
@example([PAID, DeliveryRefused, ShipmentDelivered, CodCollected], HoldReleased)
async def test_of_a_card_paid_online(world: World, steps: list[Step], last: type[Event]) -> None:
    await _told(world, "PHYSICAL", "ONLINE", [*steps, last])


@PLAYED
@given(facts_of(HOLD, PARCEL, [CANCELLED]), LAST_WORD)
async def test_of_a_card_paid_on_receipt(
    world: World, steps: list[Step], last: type[Event]
) -> None:
    await _told(world, "PHYSICAL", "COD", [*steps, last])


@PLAYED
@given(facts_of(ONLINE, HOLD, ESIM), LAST_WORD)
async def test_of_an_esim(world: World, steps: list[Step], last: type[Event]) -> None:
    await _told(world, "ESIM", "ONLINE", [*steps, last])


async def test_cash_for_an_order_paid_online_is_written_down_and_owed_back(world: World) -> None:
    """A courier who takes money that was not due: it is on the list of refunds (decision 0018)."""
    order = await world.paid()

    await world.consumes(
        *(says(CodCollected, order["hold_id"], amount_vnd=50_000) for _ in range(2))
    )

    [listed] = (await world.staff("admin").get("/v1/staff/refunds")).json()["items"]
    assert (listed["amount_vnd"], listed["reason_code"]) == (50_000, "NOT_DUE")
    assert (await world.read(order))["payment_status"] == "PAID"


async def test_cash_beyond_what_was_due_is_owed_back(world: World) -> None:
    """The carrier says what it took: the order keeps its price, the rest is on somebody's list."""
    order = await world.place(await world.hold(), "COD")
    total, hold_id = order["total_vnd"], order["hold_id"]

    await world.consumes(
        *(says(CodCollected, hold_id, amount_vnd=total + 7_000) for _ in range(2)),
        says(ShipmentDelivered, hold_id),
    )

    [listed] = (await world.staff("admin").get("/v1/staff/refunds")).json()["items"]
    assert (listed["amount_vnd"], listed["reason_code"]) == (7_000, "NOT_DUE")
    shown = await world.read(order)
    assert (shown["status"], shown["payment_status"]) == ("DELIVERED", "COD_COLLECTED")


async def _told(world: World, sim: str, payment: str, steps: list[Step]) -> None:
    await empty(world.db)
    order = await world.place(await world.hold(sim=sim), payment)
    links = {PAID: order["payment_url"]}
    if payment == "ONLINE":
        path = f"/v1/orders/{order['order_id']}/payments"
        links[PAID_AGAIN] = (await world.customer().post(path)).json()["payment_url"]
    for step in steps:
        if step == CANCELLED:
            await world.cancel(order)
        elif isinstance(step, str):
            await world.ipn(links[step])
        else:
            total: dict[str, Any] = {"amount_vnd": order["total_vnd"]}
            await world.consumes(
                says(step, order["hold_id"], **total if step is CodCollected else {})
            )
    came = {PAID, PAID_AGAIN, CodCollected} & set(steps)
    await _every_dong_is_accounted_for(world, len(came))


async def _every_dong_is_accounted_for(world: World, came: int) -> None:
    async with world.db.transaction() as tx:
        [order] = (await tx.execute(select(orders))).all()
        taken = select(payments).where(payments.c.paid_at.is_not(None), payments.c.amount_vnd > 0)
        paid: list[Any] = [*(await tx.execute(taken)).all()]
        owed = {row.payment_id: row.amount_vnd for row in await tx.execute(select(refunds))}
    assert len(paid) == came, "money came that nobody wrote down"
    for payment in paid:
        kept = order.status != "CANCELLED" and order.paid_by == payment.id
        if payment.status in HAS_MONEY:
            assert kept or order.refund_after, "money in no order, and owed to nobody"
        else:
            assert owed[payment.id] == payment.amount_vnd
