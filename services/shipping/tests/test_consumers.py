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
    journey: Journeys,
) -> None:
    """F4.1, F4.2."""
    for order in permutations(range(4)):
        mine = journey()
        heard = [mine.created(), mine.placed(), mine.paid(), mine.confirmed()]

        for index in order:
            await mine.hear(heard[index])

        assert await mine.status() == "PENDING"


async def test_facts_heard_twice_in_a_shuffled_batch_make_one_shipment(journey: Journeys) -> None:
    for seed in range(10):
        mine = journey()
        heard = [mine.created(), mine.placed(), mine.paid(), mine.routed()] * 2
        again = mine.placed()  # the same fact told with another id
        random.Random(seed).shuffle(heard)

        await mine.hear(*heard, again)

        assert await mine.status() == "PENDING"


async def test_an_order_paid_online_waits_outside_the_tabs_until_the_money_is_in(
    journey: Journeys,
) -> None:
    """F3.12 TH1."""
    mine = journey()
    await mine.hear(mine.created(), mine.placed(), mine.routed())
    async with mine.customer() as me, mine.osp() as osp:
        waiting = (await me.get(f"/v1/shipments/by-hold/{mine.hold_id}")).json()
        pending = (await osp.get("/v1/staff/shipments?tab=PENDING")).json()["items"]
        await mine.hear(mine.paid())
        paid = (await me.get(f"/v1/shipments/by-hold/{mine.hold_id}")).json()

    assert (waiting["tab"], waiting["tab_label"]) == (None, "Chờ thanh toán")
    assert pending == []
    assert (paid["tab"], paid["tab_label"], paid["cod_due_vnd"]) == ("PENDING", "Chờ xử lý", 0)


async def test_cash_on_delivery_needs_no_payment_first(journey: Journeys) -> None:
    """F3.12 TH2, F3.13."""
    mine = journey(payment="COD")

    await mine.hear(mine.created(), mine.placed())

    shipment = await mine.shipment()
    assert (shipment.status, shipment.cod_due_vnd) == ("PENDING", 110_000)


async def test_an_esim_has_nothing_to_ship(journey: Journeys, db: Database) -> None:
    """F3.6 TH1."""
    mine = journey(delivery="ESIM")

    await mine.hear(mine.created(sim="ESIM"), mine.placed(sim="ESIM"), mine.paid())

    async with mine.customer() as me:
        answer = await me.get(f"/v1/shipments/by-hold/{mine.hold_id}")
    assert answer.status_code == 404
    assert await published(db) == []


@pytest.mark.parametrize("first", ["placed", "over"])
@pytest.mark.parametrize("over", ["expired", "lost", "cancelled"])
async def test_nothing_is_sent_for_a_hold_or_order_that_is_over(
    journey: Journeys, db: Database, over: str, first: str
) -> None:
    """G10, F4.11: called off silently, whichever is heard first."""
    mine = journey(payment="COD")
    end = {
        "expired": mine.expired(),
        "lost": HoldLost(
            occurred_at=clock.now(),
            hold_id=mine.hold_id,
            number_id=mine.number_id,
            order_id=mine.order_id,
        ),
        "cancelled": mine.cancelled("NOT_PAID"),
    }[over]
    heard = [mine.placed(), end] if first == "placed" else [end, mine.placed()]

    for event in heard:
        await mine.hear(event)

    assert await mine.status() == "CANCELLED"
    assert await published(db) == []


async def test_a_payment_heard_late_brings_an_expired_order_back_in_any_order(
    journey: Journeys,
) -> None:
    """The customer paid in time; the order's echo of the expiry is not its end."""
    for order in permutations(range(5)):
        mine = journey()
        expired_at, confirmed_at = clock.now(), clock.now()
        heard = [mine.placed(), mine.expired(expired_at), mine.paid(), mine.confirmed(confirmed_at)]
        heard.append(mine.cancelled("HOLD_EXPIRED"))

        for index in order:
            await mine.hear(heard[index])

        assert await mine.status() == "PENDING"


async def test_the_customer_cancels_in_pending(journey: Journeys, db: Database) -> None:
    """F4.3 TH1, F4.11."""
    mine = await journey().begin()

    await mine.hear(mine.cancel_requested("CHANGED_MIND"))
    await mine.hear(mine.cancel_requested("CHANGED_MIND"))

    assert await mine.status() == "CANCELLED"
    said = await stated(db)
    assert [f.topic for f in said] == ["ShipmentCancelled"] * 2
    async with mine.customer() as me:
        seen = (await me.get(f"/v1/shipments/by-hold/{mine.hold_id}")).json()
    assert (seen["tab_label"], seen["reason_code"]) == ("Đã hủy", "CHANGED_MIND")
    assert seen["can_cancel"] is False


async def test_a_request_to_cancel_heard_before_the_order_is_answered_when_it_comes(
    journey: Journeys, db: Database
) -> None:
    mine = journey(payment="COD")

    await mine.hear(mine.cancel_requested("WRONG_NUMBER"))
    assert await published(db) == []
    await mine.hear(mine.placed())

    (cancelled,) = await stated(db)
    assert (cancelled.topic, cancelled.reason_code) == ("ShipmentCancelled", "WRONG_NUMBER")
    assert await mine.status() == "CANCELLED"


async def test_who_does_not_cancel_goes_on_to_confirmation(journey: Journeys, db: Database) -> None:
    """F4.3 TH2, F4.4, F4.5 TH1."""
    mine = await journey().begin()

    async with mine.osp() as osp:
        (listed,) = (await osp.get("/v1/staff/shipments?tab=PENDING")).json()["items"]

    assert listed["hold_id"] == str(mine.hold_id)
    assert (await mine.confirm()).status_code == 200
    assert await published(db) == ["ShipmentConfirmed"]


async def test_a_late_request_to_cancel_is_refused_with_the_reason(
    journey: Journeys, db: Database
) -> None:
    """G18: after the hand-over it can only be refused at the door."""
    mine = await (await journey().begin()).book()
    await mine.pack()
    await mine.staff("hand-over")

    await mine.hear(mine.cancel_requested())
    await mine.carrier("delivered")
    await mine.hear(mine.cancel_requested())

    refused = [f.reason_code for f in await stated(db) if f.topic == "CancelRefused"]
    assert refused == ["ALREADY_HANDED_OVER", "ALREADY_DELIVERED"]
    assert await mine.status() == "DELIVERED"


async def test_an_order_cancelled_after_delivery_does_not_undo_the_delivery(
    journey: Journeys,
) -> None:
    mine = await (await journey().begin()).book()
    await mine.carrier("delivered")

    await mine.hear(mine.expired())

    assert await mine.status() == "DELIVERED"


async def test_a_second_order_for_the_same_hold_makes_no_second_parcel(journey: Journeys) -> None:
    mine = await journey().begin()

    await mine.hear(mine.placed(order_id=uuid7()))

    assert (await mine.shipment()).order_id == mine.order_id
