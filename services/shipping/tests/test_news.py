"""News of a carrier that comes twice, late, in any order, or makes no sense (G22)."""

from itertools import permutations

import pytest
from services.shipping.tests.world import Journey, Journeys, since_packing, stated
from sqlalchemy import select
from structlog.testing import capture_logs

from kit.db import Database
from kit.testing import published
from shipping.tables import carrier_news


async def test_words_that_were_left_out_are_made_up_for_in_order(
    cod: Journey, db: Database
) -> None:
    """A lost `picked` still leaves a hand-over before the delivery."""
    await cod.carrier("delivered")

    assert await since_packing(db) == ["ShipmentHandedOver", "CodCollected", "ShipmentDelivered"]


async def test_a_return_without_the_words_before_it_is_still_a_refusal(
    journey: Journey, db: Database
) -> None:
    await journey.carrier("returned")

    assert await since_packing(db) == ["ShipmentHandedOver", "DeliveryRefused", "ShipmentReturned"]


async def test_news_told_twice_is_stored_once_and_acted_on_once(
    journey: Journey, db: Database
) -> None:
    """G22: the carrier repeats until it hears 200."""
    at = "2030-01-01T00:00:00.000Z"

    for _ in range(3):
        await journey.carrier("picked", time=at)

    async with db.transaction() as tx:
        kept = (await tx.execute(select(carrier_news.c.word))).scalars().all()
    assert kept == ["picked"]
    assert await since_packing(db) == ["ShipmentHandedOver"]


async def test_news_in_any_order_never_takes_a_parcel_back(
    new_journey: Journeys, db: Database
) -> None:
    words = ["picking", "picked", "delivering", "delivered"]
    for n, order in enumerate(permutations(range(4))):
        journey = await (await new_journey().begin()).book()
        await journey.pack(f"{10**12 + n}")
        ranks = []
        for index in order:
            await journey.carrier(words[index], at=index)
            tab = {"BOOKED": 0, "DELIVERING": 1, "DELIVERED": 2}
            ranks.append(tab[await journey.status()])

        assert ranks == sorted(ranks)
        assert ranks[-1] == 2
        said = [f.topic for f in await stated(db) if f.hold_id == journey.hold_id]
        assert said[-2:] == ["ShipmentHandedOver", "ShipmentDelivered"]
        assert len(said) == 5


async def test_a_failed_delivery_heard_after_the_next_attempt_is_old_news(journey: Journey) -> None:
    await journey.carrier("delivering", at=5)

    await journey.carrier("delivery_fail", at=3)

    assert await journey.status() == "DELIVERING"


@pytest.mark.parametrize("word", ["returned", "lost", "waiting_to_return", "cancel", "picked"])
async def test_a_delivered_parcel_stays_delivered(
    journey: Journey, db: Database, word: str
) -> None:
    await journey.carrier("delivered")
    before = await published(db)

    await journey.carrier(word, at=9)

    assert await journey.status() == "DELIVERED"
    assert await published(db) == before


async def test_an_unknown_word_changes_nothing_and_raises_an_alarm(
    journey: Journey, db: Database
) -> None:
    before = await published(db)

    with capture_logs() as logs:
        answer = await journey.carrier("teleported")

    assert answer.json() == {"status": "heard"}
    assert await journey.status() == "BOOKED"
    assert await published(db) == before
    (alarm,) = [entry for entry in logs if entry["event"] == "carrier_alarm"]
    assert (alarm["because"], alarm["word"]) == ("UNKNOWN_WORD", "teleported")


async def test_a_parcel_that_leaves_although_it_was_cancelled_raises_an_alarm_and_is_followed(
    journey: Journey, db: Database
) -> None:
    await journey.hear(journey.cancel_requested())

    with capture_logs() as logs:
        await journey.carrier("picked")

    assert await journey.status() == "DELIVERING"
    assert (await published(db))[-2:] == ["ShipmentCancelled", "ShipmentHandedOver"]
    assert [e["because"] for e in logs if e["event"] == "carrier_alarm"] == ["LEFT_ALL_THE_SAME"]


async def test_a_collection_before_the_carrier_cancelled_it_is_old_news(journey: Journey) -> None:
    await journey.carrier("cancel", at=5)

    await journey.carrier("picked", at=1)

    assert await journey.status() == "CANCELLED"


async def test_a_sim_that_is_in_another_parcel_by_now_is_not_in_the_one_that_left(
    new_journey: Journeys,
) -> None:
    first = await (await new_journey().begin()).book()
    second = await (await new_journey().begin()).book()
    await first.pack("5555555555")
    await first.hear(first.cancel_requested())
    await second.pack("5555555555")

    with capture_logs() as logs:
        await first.carrier("picked")

    assert (await first.shipment()).sim_serial is None
    assert (await second.shipment()).sim_serial == "5555555555"
    assert "left_without_serial" in [entry["event"] for entry in logs]


async def test_the_carriers_echo_of_our_own_cancellation_is_no_alarm(
    journey: Journey, db: Database
) -> None:
    await journey.hear(journey.cancel_requested())
    before = await published(db)

    with capture_logs() as logs:
        await journey.carrier("cancel", Reason="Người gửi hủy đơn")

    assert logs == []
    assert await published(db) == before


async def test_a_parcel_that_left_unpacked_can_still_be_given_its_serial(
    new_journey: Journeys, db: Database
) -> None:
    journey = await (await new_journey().begin()).book()

    with capture_logs() as logs:
        await journey.carrier("picked")
    packed = await journey.pack("1231231231")
    other = await journey.pack("3213213213")

    assert "left_without_serial" in [entry["event"] for entry in logs]
    assert (packed.status_code, other.status_code) == (200, 409)
    assert await published(db) == [
        "ShipmentConfirmed",
        "ShipmentBooked",
        "ShipmentHandedOver",
        "ShipmentPacked",
    ]


async def test_news_that_overtakes_the_answer_to_the_booking_books_the_parcel(
    new_journey: Journeys, db: Database
) -> None:
    journey = await new_journey().begin()
    await journey.confirm()

    await journey.carrier("ready_to_pick", OrderCode="G00001", Type="create")
    await journey.work()

    assert await journey.status() == "BOOKED"
    assert (await journey.shipment()).tracking_code == "G00001"
    assert await published(db) == ["ShipmentConfirmed", "ShipmentBooked"]
