"""A carrier's words may go back and forth until the customer has the parcel, or we (G21, G23)."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from services.shipping.tests.story import Story
from services.shipping.tests.world import Journey, Journeys, since_packing, stated
from structlog.testing import capture_logs

from events import CodCollected
from events.ids import uuid7
from kit import clock
from kit.db import Database
from shipping.carriers.domain import apply_news
from shipping.news.domain import News, dictionary_of
from shipping.shipments.domain import Shipment
from shipping.shipments.states import ON_THE_ROAD, Status
from values.moments import CLOCK_TOLERANCE

WORDS = dictionary_of("ghn").states
ON_THE_ROAD_WORDS = sorted(word for word, status in WORDS.items() if status in ON_THE_ROAD)
TOLD = ["ShipmentHandedOver", "CodCollected", "ShipmentDelivered"]


async def test_a_parcel_that_waits_for_its_return_is_brought_again_and_paid_for(
    cod: Journey, db: Database
) -> None:
    """GHN: within a day the shop may have it delivered again; the order was never refused."""
    words = ["picked", "delivering", "delivery_fail", "waiting_to_return"]
    words += ["storing", "delivering", "money_collect_delivering", "delivered"]
    tabs = []
    async with cod.customer() as me:
        for n, word in enumerate(words):
            await cod.carrier(word, at=n, ReasonCode="GHN-DFC1A4" * (word == "delivery_fail"))
            seen = await me.get(f"/v1/shipments/by-hold/{cod.hold_id}")
            tabs.append(seen.json()["tab_label"])

    assert tabs == ["Đang giao hàng"] * 7 + ["Đã giao"]
    assert await since_packing(db) == TOLD
    assert (await cod.shipment()).closed_because is None


async def test_a_parcel_is_delivered_straight_from_waiting_for_its_return(
    cod: Journey, db: Database
) -> None:
    for n, word in enumerate(["picked", "waiting_to_return", "delivered"]):
        await cod.carrier(word, at=n)

    assert await since_packing(db) == TOLD


async def test_the_reason_given_at_the_door_is_the_reason_of_the_refusal(
    cod: Journey, db: Database
) -> None:
    await cod.carrier("picked")
    await cod.carrier("waiting_to_return", at=1, ReasonCode="GHN-DCD0A8")
    refused_already = "DeliveryRefused" in await since_packing(db)

    await cod.carrier("return", at=2)

    assert not refused_already
    assert (await stated(db))[-1].reason_code == "CUSTOMER_CHANGED_MIND"


@pytest.mark.parametrize("word", ["exception", "lost", "damage", "return", "return_fail"])
async def test_a_parcel_that_comes_right_after_all_is_delivered_and_its_money_recorded(
    cod: Journey, db: Database, word: str
) -> None:
    """A lost parcel is found, an exception ends: the cash is real even if the order is gone."""
    for n, said in enumerate(["picked", word, "storing", "delivering", "delivered"]):
        await cod.carrier(said, at=n)

    assert await cod.status() == "DELIVERED"
    said_of_it = await since_packing(db)
    assert [topic for topic in said_of_it if topic in TOLD] == TOLD


async def test_an_exception_decides_nothing_and_the_parcel_is_still_asked_about(
    journey: Journey, db: Database
) -> None:
    await journey.carrier("transporting")
    before = await since_packing(db)

    await journey.carrier("exception", at=1)

    assert await journey.status() == "EXCEPTION"
    assert await since_packing(db) == before


async def test_money_for_a_parcel_that_left_although_it_was_called_off_is_recorded(
    cod: Journey, db: Database
) -> None:
    """Must stay true 5: the order is gone, so it is owed back; a person hears of it, too."""
    await cod.hear(cod.cancel_requested())

    with capture_logs() as logs:
        for n, word in enumerate(["picked", "delivering", "delivered", "delivered"]):
            await cod.carrier(word, at=n)

    assert await cod.status() == "DELIVERED"
    assert (await since_packing(db)) == ["ShipmentCancelled", *TOLD]
    assert "carrier_alarm" in [entry["event"] for entry in logs]


@pytest.mark.parametrize(("payment", "taken"), [("COD", 100_000), ("ONLINE", 110_000)])
async def test_what_the_carrier_took_is_recorded_even_if_it_is_not_what_was_due(
    new_journey: Journeys, db: Database, payment: str, taken: int
) -> None:
    journey = await (await new_journey(payment=payment).begin()).book()
    await journey.pack()

    with capture_logs() as logs:
        await journey.carrier("delivered", CODAmount=taken)

    money = next(fact for fact in await stated(db) if isinstance(fact, CodCollected))
    assert money.amount_vnd == taken
    assert "other_money_than_due" in [entry["event"] for entry in logs]


@pytest.mark.parametrize("amount", [None, -1, True, "110000", 10**13, {}])
async def test_an_amount_that_cannot_be_read_does_not_lose_the_money(
    cod: Journey, db: Database, amount: object
) -> None:
    await cod.carrier("delivered", CODAmount=amount)

    money = next(fact for fact in await stated(db) if isinstance(fact, CodCollected))
    assert money.amount_vnd == 110_000


async def test_a_refusal_and_a_loss_are_each_stated_once_however_often_they_are_said(
    cod: Journey, db: Database
) -> None:
    words = ["picked", "return", "storing", "return", "lost", "storing", "lost", "returned"]
    for n, word in enumerate(words):
        await cod.carrier(word, at=n)

    said = await since_packing(db)
    assert [said.count(topic) for topic in ("DeliveryRefused", "ShipmentLost")] == [1, 1]
    assert said[-1] == "ShipmentReturned"


async def test_news_with_a_date_that_cannot_be_is_heard_all_the_same(
    new_journey: Journeys,
) -> None:
    for n, time in enumerate(["0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59Z", "", "soon"]):
        cod = await (await new_journey(payment="COD").begin()).book()
        await cod.pack(f"{10**11 + n}")

        await cod.carrier("delivering", time=time)
        await cod.carrier("delivered", at=1)

        assert await cod.status() == "DELIVERED"
        at = (await cod.shipment()).delivered_at
        assert at is not None
        assert at <= clock.now()
    async with cod.osp() as osp:
        tab = await osp.get("/v1/staff/shipments", params={"tab": "DELIVERED"})
    assert len(tab.json()["items"]) == 4


async def test_a_clock_far_ahead_does_not_make_what_is_said_later_old(journey: Journey) -> None:
    await journey.carrier("delivery_fail", time="2099-01-01T00:00:00Z")
    seconds = CLOCK_TOLERANCE.total_seconds() + 60

    await journey.carrier("delivering", at=seconds)

    assert await journey.status() == "DELIVERING"


async def test_nothing_is_delivered_before_it_was_handed_over(
    journey: Journey, db: Database
) -> None:
    await journey.staff("hand-over")

    await journey.carrier("delivered", time="2024-01-01T00:00:00Z")

    done = (await stated(db))[-1]
    assert done.delivered_at == (await journey.shipment()).handed_over_at


def parcel() -> Shipment:
    story = Story(payment="COD", delivery_id=uuid7())
    made = Shipment.of(story.placed())
    made.status, made.carrier, made.tracking_code = Status.BOOKED, "ghn", "G00001"
    made.sim_serial = "1234567890"
    return made


def said(word: str) -> News:
    return News("ghn", "G00001", "", word, clock.now())


def test_on_the_road_every_word_may_follow_every_word() -> None:
    for here, there in product(ON_THE_ROAD_WORDS, ON_THE_ROAD_WORDS):
        shipment = parcel()

        for word in (here, there):
            apply_news(shipment, said(word), now=clock.now())

        assert shipment.status is WORDS[there], (here, there)


@given(st.lists(st.sampled_from(sorted(WORDS)), max_size=12))
@settings(max_examples=300, deadline=None)
def test_whatever_a_carrier_said_before_money_that_is_collected_is_recorded_once(
    words: list[str],
) -> None:
    shipment = parcel()
    facts = []
    for word in [*words, "delivered", "delivered"]:
        facts += apply_news(shipment, said(word), now=clock.now()).facts

    assert len([fact for fact in facts if isinstance(fact, CodCollected)]) == 1
