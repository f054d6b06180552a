"""A parcel whose hold is over is stopped or called back (F4.11, F4.18, the clocks of 5.5)."""

from datetime import timedelta

import pytest
from services.shipping.tests.ghn import Ghn
from services.shipping.tests.world import Journey, Journeys, since_packing

from kit import clock
from kit.db import Database
from kit.testing import published


async def test_a_parcel_not_paid_for_within_seven_days_is_called_back(
    cod: Journey, ghn: Ghn, db: Database
) -> None:
    await cod.carrier("picked")
    ghn.only()["status"] = "storing"

    await cod.hear(cod.released("COD_NOT_COLLECTED"))
    await cod.work()
    asked = ghn.only()["status"]
    await cod.carrier("return", at=1)
    await cod.carrier("returned", at=2)

    assert asked == "return"
    assert (await since_packing(db))[-2:] == ["DeliveryRefused", "ShipmentReturned"]


async def test_a_parcel_that_is_out_for_delivery_is_called_back_when_it_is_in_the_store_again(
    cod: Journey, ghn: Ghn
) -> None:
    await cod.carrier("delivering")
    ghn.only()["status"] = "delivering"
    await cod.hear(cod.released("COD_NOT_COLLECTED"))

    for status, expected in [("delivering", "delivering"), ("waiting_to_return", "return")]:
        ghn.only()["status"] = status
        await cod.work()
        assert ghn.only()["status"] == expected


async def test_a_parcel_that_was_delivered_while_it_was_called_back_is_left_alone(
    cod: Journey, ghn: Ghn, db: Database
) -> None:
    await cod.carrier("delivering")
    await cod.hear(cod.released("COD_NOT_COLLECTED"))
    await cod.carrier("delivered", at=1)

    await cod.work()

    assert ghn.only()["status"] == "ready_to_pick"
    assert "CodCollected" in await published(db)


async def test_a_refused_parcel_that_is_brought_again_after_its_order_ended_is_called_back(
    cod: Journey, ghn: Ghn
) -> None:
    await cod.carrier("picked")
    await cod.carrier("return", at=1)
    await cod.hear(cod.cancelled("CUSTOMER_REFUSED"))

    await cod.carrier("storing", at=2)
    ghn.only()["status"] = "storing"
    await cod.work()

    assert ghn.only()["status"] == "return"


@pytest.mark.parametrize("ready", ["ready", ""])
async def test_a_sim_nobody_picked_up_within_three_working_days_is_not_given_out_any_more(
    new_journey: Journeys, ready: str
) -> None:
    journey = await new_journey(delivery="STORE", payment="COD").begin()
    if ready:
        async with journey.store() as store:
            await store.post(f"/v1/store/shipments/{(await journey.shipment()).id}/ready")

    await journey.hear(journey.released("PICKUP_NOT_DONE"))

    assert await journey.status() == "CANCELLED"
    async with journey.store() as store:
        body = {
            "hold_code": journey.hold_code,
            "sim_serial": "1234567890",
            "collected_vnd": 110_000,
        }
        given = await store.post("/v1/store/hand-overs", json=body)
        open_ones = (await store.get("/v1/store/shipments")).json()["items"]
    assert (given.status_code, open_ones) == (409, [])


async def test_a_parcel_in_the_house_whose_hold_is_released_never_leaves(
    cod: Journey, ghn: Ghn
) -> None:
    await cod.hear(cod.released("COD_NOT_COLLECTED"))
    await cod.work()

    assert await cod.status() == "CANCELLED"
    assert ghn.only()["status"] == "cancel"


async def test_a_parcel_that_left_although_its_hold_is_over_is_called_back(
    cod: Journey, ghn: Ghn
) -> None:
    ghn.keep_parcels = True  # the courier has it when he is called off
    await cod.hear(cod.cancelled("CUSTOMER_REQUEST"))
    await cod.carrier("picked")
    ghn.only()["status"] = "storing"
    await cod.work()

    assert ghn.only()["status"] == "return"


async def test_a_hold_that_came_back_meanwhile_leaves_the_parcel_on_its_way(
    cod: Journey, ghn: Ghn
) -> None:
    """Collected in time and heard late: the hold is confirmed again."""
    await cod.carrier("picked")
    expired_at = clock.now()
    await cod.hear(cod.expired(expired_at), cod.confirmed(expired_at + timedelta(seconds=1)))
    ghn.only()["status"] = "storing"

    await cod.work()

    assert (ghn.only()["status"], await cod.status()) == ("storing", "DELIVERING")
