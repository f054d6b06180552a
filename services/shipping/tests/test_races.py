"""Races: of two that want the same, exactly one wins."""

import asyncio
from collections import Counter

from services.shipping.tests.world import Journeys

from kit.db import Database
from kit.testing import published


async def test_of_many_parcels_racing_for_a_serial_exactly_one_gets_it(
    new_journey: Journeys, db: Database
) -> None:
    """G37."""
    racers = [await (await new_journey().begin()).book() for _ in range(8)]

    answers = await asyncio.gather(*(racer.pack("4242424242") for racer in racers))

    assert sorted(a.status_code for a in answers) == [200] + [409] * 7
    assert (await published(db)).count("ShipmentPacked") == 1


async def test_cancellation_and_hand_over_race_and_the_first_to_commit_wins(
    new_journey: Journeys, db: Database
) -> None:
    """G18: both are never true."""
    outcomes: Counter[str] = Counter()
    for n in range(12):
        journey = await (await new_journey().begin()).book()
        await journey.pack(f"{5 * 10**12 + n}")
        before = len(await published(db))
        cancel, hand_over = journey.hear(journey.cancel_requested()), journey.staff("hand-over")
        both = [cancel, hand_over] if n % 2 else [hand_over, cancel]

        done = await asyncio.gather(*both)

        handed = next(a for a in done if a is not None).status_code
        stated = sorted((await published(db))[before:])
        outcomes[await journey.status()] += 1
        if await journey.status() == "CANCELLED":
            assert (handed, stated) == (409, ["ShipmentCancelled"])
        else:
            assert (handed, stated) == (200, ["CancelRefused", "ShipmentHandedOver"])

    assert sum(outcomes.values()) == 12


async def test_a_parcel_wanted_by_many_at_once_is_handed_over_once(
    new_journey: Journeys, db: Database
) -> None:
    journey = await (await new_journey().begin()).book()
    await journey.pack()
    at = "2030-01-01T00:00:00Z"

    await asyncio.gather(
        *(journey.staff("hand-over") for _ in range(4)),
        *(journey.carrier("picked", time=at) for _ in range(4)),
    )

    assert (await published(db)).count("ShipmentHandedOver") == 1
    assert await journey.status() == "DELIVERING"


async def test_a_sim_wanted_at_many_counters_is_given_once(
    new_journey: Journeys, db: Database
) -> None:
    """F4.7."""
    journey = await new_journey(delivery="STORE", payment="COD").begin()

    async def give(serial: int) -> int:
        async with journey.store() as store:
            body = {
                "hold_code": journey.hold_code,
                "sim_serial": str(serial),
                "collected_vnd": 110_000,
            }
            return (await store.post("/v1/store/hand-overs", json=body)).status_code

    answers = await asyncio.gather(*(give(6 * 10**11 + n) for n in range(6)))

    assert sorted(answers) == [200] + [409] * 5
    assert await published(db) == ["CodCollected", "StorePickupDone"]


async def test_an_order_heard_by_many_at_once_makes_one_shipment(new_journey: Journeys) -> None:
    journey = new_journey()

    await asyncio.gather(
        *(journey.hear(journey.placed()) for _ in range(4)),
        journey.hear(journey.paid(), journey.created()),
    )

    assert await journey.status() == "PENDING"
