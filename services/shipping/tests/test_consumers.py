"""Facts of other services join in any order (flow 4, beginning and cancellation)."""

import random
from itertools import permutations

import pytest
from services.shipping.tests.world import Journeys, stated

from events import HoldLost
from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.testing import published


async def test_a_paid_order_enters_pending_in_whatever_order_its_facts_are_heard(
    new_journey: Journeys,
) -> None:
    """F4.1, F4.2."""
    for order in permutations(range(4)):
        journey = new_journey()
        heard = [journey.created(), journey.placed(), journey.paid(), journey.confirmed()]

        for index in order:
            await journey.hear(heard[index])

        assert await journey.status() == "PENDING"


async def test_facts_heard_twice_in_a_shuffled_batch_make_one_shipment(
    new_journey: Journeys,
) -> None:
    for seed in range(10):
        journey = new_journey()
        heard = [journey.created(), journey.placed(), journey.paid(), journey.routed()] * 2
        again = journey.placed()  # the same fact told with another id
        random.Random(seed).shuffle(heard)

        await journey.hear(*heard, again)

        assert await journey.status() == "PENDING"


async def test_an_order_paid_online_waits_outside_the_tabs_until_the_money_is_in(
    new_journey: Journeys,
) -> None:
    """F3.12 TH1."""
    journey = new_journey()
    await journey.hear(journey.created(), journey.placed(), journey.routed())
    async with journey.customer() as me, journey.osp() as osp:
        waiting = (await me.get(f"/v1/shipments/by-hold/{journey.hold_id}")).json()
        pending = (await osp.get("/v1/staff/shipments?tab=PENDING")).json()["items"]
        await journey.hear(journey.paid())
        paid = (await me.get(f"/v1/shipments/by-hold/{journey.hold_id}")).json()

    assert (waiting["tab"], waiting["tab_label"]) == (None, "Chờ thanh toán")
    assert pending == []
    assert (paid["tab"], paid["tab_label"], paid["cod_due_vnd"]) == ("PENDING", "Chờ xử lý", 0)


async def test_cash_on_delivery_needs_no_payment_first(new_journey: Journeys) -> None:
    """F3.12 TH2, F3.13."""
    journey = new_journey(payment="COD")

    await journey.hear(journey.created(), journey.placed())

    shipment = await journey.shipment()
    assert (shipment.status, shipment.cod_due_vnd) == ("PENDING", 110_000)


async def test_an_esim_has_nothing_to_ship(new_journey: Journeys, db: Database) -> None:
    """F3.6 TH1."""
    journey = new_journey(delivery="ESIM")

    await journey.hear(journey.created(sim="ESIM"), journey.placed(sim="ESIM"), journey.paid())

    async with journey.customer() as me:
        answer = await me.get(f"/v1/shipments/by-hold/{journey.hold_id}")
    assert answer.status_code == 404
    assert await published(db) == []


@pytest.mark.parametrize("first", ["placed", "over"])
@pytest.mark.parametrize("over", ["expired", "lost", "cancelled"])
async def test_nothing_is_sent_for_a_hold_or_order_that_is_over(
    new_journey: Journeys, db: Database, over: str, first: str
) -> None:
    """G10, F4.11: called off silently, whichever is heard first."""
    journey = new_journey(payment="COD")
    end = {
        "expired": journey.expired(),
        "lost": HoldLost(
            occurred_at=clock.now(),
            hold_id=journey.hold_id,
            number_id=journey.number_id,
            order_id=journey.order_id,
        ),
        "cancelled": journey.cancelled("NOT_PAID"),
    }[over]
    heard = [journey.placed(), end] if first == "placed" else [end, journey.placed()]

    for event in heard:
        await journey.hear(event)

    assert await journey.status() == "CANCELLED"
    assert await published(db) == []


async def test_a_payment_heard_late_brings_an_expired_order_back_in_any_order(
    new_journey: Journeys,
) -> None:
    """The customer paid in time; the order's echo of the expiry is not its end."""
    for order in permutations(range(5)):
        journey = new_journey()
        expired_at, confirmed_at = clock.now(), clock.now()
        heard = [
            journey.placed(),
            journey.expired(expired_at),
            journey.paid(),
            journey.confirmed(confirmed_at),
        ]
        heard.append(journey.cancelled("HOLD_EXPIRED"))

        for index in order:
            await journey.hear(heard[index])

        assert await journey.status() == "PENDING"


async def test_the_customer_cancels_in_pending(new_journey: Journeys, db: Database) -> None:
    """F4.3 TH1, F4.11."""
    journey = await new_journey().begin()

    await journey.hear(journey.cancel_requested("CHANGED_MIND"))
    await journey.hear(journey.cancel_requested("CHANGED_MIND"))

    assert await journey.status() == "CANCELLED"
    said = await stated(db)
    assert [f.topic for f in said] == ["ShipmentCancelled"] * 2
    async with journey.customer() as me:
        seen = (await me.get(f"/v1/shipments/by-hold/{journey.hold_id}")).json()
    assert (seen["tab_label"], seen["reason_code"]) == ("Đã hủy", "CHANGED_MIND")
    assert seen["can_cancel"] is False


async def test_a_request_to_cancel_heard_before_the_order_is_answered_when_it_comes(
    new_journey: Journeys, db: Database
) -> None:
    journey = new_journey(payment="COD")

    await journey.hear(journey.cancel_requested("WRONG_NUMBER"))
    assert await published(db) == []
    await journey.hear(journey.placed())

    (cancelled,) = await stated(db)
    assert (cancelled.topic, cancelled.reason_code) == ("ShipmentCancelled", "WRONG_NUMBER")
    assert await journey.status() == "CANCELLED"


async def test_who_does_not_cancel_goes_on_to_confirmation(
    new_journey: Journeys, db: Database
) -> None:
    """F4.3 TH2, F4.4, F4.5 TH1."""
    journey = await new_journey().begin()

    async with journey.osp() as osp:
        (listed,) = (await osp.get("/v1/staff/shipments?tab=PENDING")).json()["items"]

    assert listed["hold_id"] == str(journey.hold_id)
    assert (await journey.confirm()).status_code == 200
    assert await published(db) == ["ShipmentConfirmed"]


async def test_a_late_request_to_cancel_is_refused_with_the_reason(
    new_journey: Journeys, db: Database
) -> None:
    """G18: after the hand-over it can only be refused at the door."""
    journey = await (await new_journey().begin()).book()
    await journey.pack()
    await journey.staff("hand-over")

    await journey.hear(journey.cancel_requested())
    await journey.carrier("delivered")
    await journey.hear(journey.cancel_requested())

    refused = [f.reason_code for f in await stated(db) if f.topic == "CancelRefused"]
    assert refused == ["ALREADY_HANDED_OVER", "ALREADY_DELIVERED"]
    assert await journey.status() == "DELIVERED"


async def test_an_order_cancelled_after_delivery_does_not_undo_the_delivery(
    new_journey: Journeys,
) -> None:
    journey = await (await new_journey().begin()).book()
    await journey.carrier("delivered")

    await journey.hear(journey.expired())

    assert await journey.status() == "DELIVERED"


async def test_a_second_order_for_the_same_hold_makes_no_second_parcel(
    new_journey: Journeys,
) -> None:
    journey = await new_journey().begin()

    await journey.hear(journey.placed(order_id=uuid7()))

    assert (await journey.shipment()).order_id == journey.order_id
