"""Tasks at a carrier that is away, or too late, after the commit (F4.8.2, G18, G22)."""

from datetime import timedelta

import httpx
import pytest
from services.shipping.tests.ghn import Ghn
from services.shipping.tests.world import Journeys

from kit import clock
from kit.db import Database
from kit.jobs import Jobs
from kit.tasks.tasks import open_tasks
from kit.testing import published
from shipping.carriers.gateways import CarrierAway, GhnGateway, moment
from shipping.carriers.jobs import add_to
from shipping.settings import Settings


async def test_a_carrier_that_is_away_is_asked_again_while_staff_see_that_we_try(
    new_journey: Journeys, ghn: Ghn, db: Database
) -> None:
    journey = await new_journey().begin()
    ghn.refuse_next = 2

    await journey.confirm()
    for expected in ("BOOKING", "BOOKING", "BOOKED"):
        await journey.work()
        assert await journey.status() == expected

    assert len(ghn.orders) == 1
    assert await published(db) == ["ShipmentConfirmed", "ShipmentBooked"]


async def test_an_answer_that_is_lost_makes_no_second_order(
    new_journey: Journeys, ghn: Ghn
) -> None:
    """The carrier knows our own code."""
    journey = await new_journey().begin()
    ghn.lose_next_answer = 1

    await journey.confirm()
    await journey.work()
    assert await journey.status() == "BOOKING"
    await journey.work()

    assert await journey.status() == "BOOKED"
    assert len(ghn.orders) == 1


async def test_an_order_cancelled_before_the_booking_never_reaches_the_carrier(
    new_journey: Journeys, ghn: Ghn, db: Database
) -> None:
    journey = await new_journey().begin()
    await journey.confirm()
    await journey.hear(journey.cancel_requested())

    await journey.work()

    assert ghn.orders == {}
    async with db.transaction() as tx:
        assert await open_tasks(tx) == 0


async def test_an_order_cancelled_while_its_booking_answer_was_lost_is_called_off_there(
    new_journey: Journeys, ghn: Ghn, db: Database
) -> None:
    """G18: the answer that was lost may have been yes."""
    journey = await new_journey().begin()
    ghn.lose_next_answer = 1
    await journey.confirm()
    await journey.work()
    await journey.hear(journey.cancel_requested())

    for _ in range(3):
        await journey.work()

    assert ghn.only()["status"] == "cancel"
    assert await journey.status() == "CANCELLED"
    assert await published(db) == ["ShipmentConfirmed", "ShipmentCancelled"]
    async with db.transaction() as tx:
        assert await open_tasks(tx) == 0


async def test_a_silent_parcel_is_asked_about_after_six_hours_and_every_quarter_of_an_hour(
    new_journey: Journeys, ghn: Ghn, db: Database, settings: Settings
) -> None:
    """G22: polling is the safety net of the webhook."""
    journey = await (await new_journey().begin()).book()
    await journey.pack()
    add_to(jobs := Jobs(), settings)
    (job,) = jobs.all
    start = clock.now()
    ghn.only()["status"] = "delivered"

    due = [
        await job.work(db, start + timedelta(hours=5)),
        await job.work(db, start + timedelta(hours=6, minutes=1)),
        await job.work(db, start + timedelta(hours=6, minutes=15)),
        await job.work(db, start + timedelta(hours=6, minutes=17)),
    ]
    await journey.work()

    assert due == [0, 1, 0, 1]
    assert await journey.status() == "DELIVERED"
    assert (await published(db))[-2:] == ["ShipmentHandedOver", "ShipmentDelivered"]
    assert await job.work(db, start + timedelta(days=9)) == 0


async def test_polled_news_and_the_same_news_by_webhook_count_once(
    new_journey: Journeys, ghn: Ghn, db: Database, settings: Settings
) -> None:
    journey = await (await new_journey().begin()).book()
    await journey.pack()
    at = "2030-01-01T00:00:00.000Z"
    ghn.only().update(status="picked", updated_date=at)
    add_to(jobs := Jobs(), settings)
    (job,) = jobs.all
    await job.work(db, clock.now() + timedelta(hours=7))

    await journey.work()
    await journey.carrier("picked", time=at)
    await journey.carrier("picked", time="2030-01-01T00:00:01.000Z")

    assert (await published(db)).count("ShipmentHandedOver") == 1


NOT_OURS = {"code": 401, "message": "Token is not valid!", "data": None}


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<html>"),
        httpx.Response(401, json=NOT_OURS),
        httpx.Response(503, json={"code": 503, "data": None}),
        httpx.Response(200, json=[]),
        httpx.ConnectError("no"),
    ],
)
async def test_whatever_keeps_ghn_from_answering_is_a_reason_to_try_later(
    settings: Settings, answer: httpx.Response | httpx.HTTPError
) -> None:
    def respond(_: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    gateway = GhnGateway(settings, transport=httpx.MockTransport(respond))

    with pytest.raises(CarrierAway):
        await gateway.cancel("G1")


def test_a_time_without_a_zone_is_vietnams() -> None:
    now = clock.now()

    here, there = (
        moment(text, otherwise=now) for text in ("2030-01-01T07:00:00", "2030-01-01T00:00:00Z")
    )

    assert here == there != now


@pytest.mark.parametrize("text", ["", "yesterday", "0001-01-01T00:00:00+07:00", "9999-12-31"])
def test_a_time_that_cannot_be_right_counts_as_the_time_it_was_heard(text: str) -> None:
    now = clock.now()

    assert moment(text, otherwise=now) == now
