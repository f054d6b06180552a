"""Facts that kyc consumes: in any order, twice, late (F5a.1, G32, P3.3)."""

import random
from datetime import datetime, timedelta

import pytest
from services.kyc.tests.world import Customer, World

from events import (
    Event,
    HoldClaimed,
    HoldConfirmed,
    HoldExpired,
    HoldReleased,
    ShipmentDelivered,
    StorePickupDone,
)
from events.ids import uuid7
from kit import clock
from kyc.journeys.domain import Journey


def delivered(customer: Customer) -> ShipmentDelivered:
    now = clock.now()
    return ShipmentDelivered(
        occurred_at=now, hold_id=customer.hold_id, shipment_id=uuid7(), delivered_at=now
    )


@pytest.mark.parametrize("seed", range(12))
async def test_a_journey_is_the_same_in_whatever_order_it_is_heard(world: World, seed: int) -> None:
    """A channel's physical SIM, claimed, paid, re-routed, delivered; each fact once or twice."""
    customer = await world.customer(sim="PHYSICAL", hear_of=False)
    created = customer.created().model_copy(update={"customer_id": None, "entrance": "CHANNEL"})
    story: list[Event] = [
        created,
        HoldClaimed(occurred_at=clock.now(), hold_id=customer.hold_id, customer_id=customer.id),
        customer.confirmed(),
        customer.routed("KV1"),
        customer.routed("KV3"),
        delivered(customer),
    ]
    told = story * 2
    random.Random(seed).shuffle(told)

    for event in told:
        await world.hear(event)

    async with world.db.transaction() as tx:
        journey = await tx.get_one(Journey, customer.hold_id)
    assert (journey.customer_id, journey.sim, journey.region) == (customer.id, "PHYSICAL", "KV3")
    assert (await customer.start()).status_code == 201


async def test_a_channels_customer_has_no_session_before_the_claim(world: World) -> None:
    """P3.3."""
    customer = await world.customer(hear_of=False)
    created = customer.created().model_copy(update={"customer_id": None, "entrance": "CHANNEL"})
    await world.hear(created, customer.confirmed())
    assert (await customer.start()).json()["waiting_for"] == ["HoldClaimed"]

    await world.hear(
        HoldClaimed(occurred_at=clock.now(), hold_id=customer.hold_id, customer_id=customer.id)
    )

    assert (await customer.start()).status_code == 201


async def test_a_sim_collected_at_a_store_has_arrived(world: World) -> None:
    """F4.7 leads to F5a.1."""
    customer = await world.customer(sim="PHYSICAL")
    await world.hear(
        StorePickupDone(
            occurred_at=clock.now(),
            hold_id=customer.hold_id,
            shipment_id=uuid7(),
            store_code="2HCM0001",
            sim_serial="8984010000000000001",
        )
    )

    assert (await customer.start()).status_code == 201


def expired(customer: Customer, at: datetime) -> HoldExpired:
    return HoldExpired(occurred_at=at, hold_id=customer.hold_id, number_id=uuid7())


@pytest.mark.parametrize("late", [False, True])
async def test_a_hold_confirmed_after_its_expiry_lives(world: World, late: bool) -> None:  # noqa: FBT001, a case
    """Paid in time, heard late (G10): the expiry is the older word."""
    customer = await world.customer(hear_of=False)
    now = clock.now()
    story: list[Event] = [
        expired(customer, now),
        HoldConfirmed(
            occurred_at=now + timedelta(seconds=1),
            hold_id=customer.hold_id,
            number_id=uuid7(),
            because="PAID",
        ),
    ]
    await world.hear(customer.created(), *(reversed(story) if late else story))

    assert (await customer.start()).status_code == 201


async def test_a_hold_that_ran_out_waits_for_the_news_of_its_payment(world: World) -> None:
    """The customer may see it confirmed before kyc consumes it: that is no end (decision 0021)."""
    customer = await world.customer(hear_of=False)
    await world.hear(customer.created(), expired(customer, clock.now()))

    early = await customer.start()
    await world.hear(customer.confirmed())

    assert (early.status_code, early.json()["waiting_for"]) == (409, ["HoldConfirmed"])
    assert (await customer.start()).status_code == 201


async def test_a_hold_that_is_gone_cannot_be_activated(world: World) -> None:
    customer = await world.customer()
    await customer.start()
    await world.hear(
        HoldReleased(
            occurred_at=clock.now(),
            hold_id=customer.hold_id,
            number_id=uuid7(),
            reason_code="CUSTOMER",
        )
    )

    again = await customer.start()

    assert (again.status_code, again.json()["type"]) == (409, "/problems/journey-closed")
