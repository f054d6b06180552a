"""A task that the carrier refuses for good is shown to staff, and not tried for ever."""

from datetime import timedelta

from services.shipping.tests.ghn import Ghn
from services.shipping.tests.world import Journey, Journeys

from kit import clock
from kit.db import Database
from kit.jobs import Jobs
from kit.tasks.tasks import open_tasks
from shipping.carriers.jobs import add_to
from shipping.settings import Settings


async def test_a_courier_who_has_the_parcel_already_cannot_be_called_off_and_someone_hears_it(
    new_journey: Journeys, ghn: Ghn
) -> None:
    journey = await (await new_journey().begin()).book()
    ghn.keep_parcels = True
    await journey.hear(journey.cancel_requested())

    await journey.work()

    assert await work_list(journey) == ["COURIER_KEPT_THE_PARCEL"]


async def work_list(journey: Journey) -> list[str]:
    """Return why tasks are on the work list, as staff of the order's region see it."""
    async with journey.osp() as osp:
        listed = (await osp.get("/v1/work-list")).json()["items"]
    return [item["reason_code"] for item in listed]


async def test_an_order_the_carrier_will_never_take_is_shown_to_staff_with_the_reason(
    new_journey: Journeys, ghn: Ghn
) -> None:
    journey = await new_journey().begin()
    ghn.forbid = "PHONE_INVALID"
    await journey.confirm()

    for _ in range(3):
        await journey.work()

    assert await work_list(journey) == ["PHONE_INVALID"]
    assert len(ghn.heads) == 1
    assert (await journey.shipment()).refused_because == "PHONE_INVALID"
    async with journey.osp("KV1") as other:
        assert (await other.get("/v1/work-list")).json()["items"] == []


async def test_staff_who_mended_what_was_wrong_confirm_again_and_the_parcel_is_booked(
    new_journey: Journeys, ghn: Ghn
) -> None:
    journey = await new_journey().begin()
    ghn.forbid = "ADDRESS_INVALID"
    await journey.confirm()
    await journey.work()
    ghn.forbid = ""

    assert (await journey.confirm()).status_code == 200
    await journey.work()

    assert await journey.status() == "BOOKED"
    assert (await journey.shipment()).refused_because is None
    assert await work_list(journey) == []


async def test_a_refused_order_that_staff_reject_leaves_the_work_list(
    new_journey: Journeys, ghn: Ghn, db: Database
) -> None:
    journey = await new_journey().begin()
    ghn.forbid = "ADDRESS_INVALID"
    await journey.confirm()
    await journey.work()

    assert (await journey.staff("reject", {"reason_code": "WRONG_ADDRESS"})).status_code == 200
    await journey.work()

    assert await work_list(journey) == []
    async with db.transaction() as tx:
        assert await open_tasks(tx) == 0


async def test_money_that_the_carrier_does_not_collect_is_said_before_anybody_is_asked(
    new_journey: Journeys,
) -> None:
    """GHN collects 50 million đồng at most."""
    journey = await new_journey(payment="COD", total_vnd=550_000_000).begin()

    answer = await journey.confirm()

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/cod-above-limit")
    assert await journey.status() == "PENDING"


async def test_a_parcel_that_the_carrier_does_not_know_is_asked_about_once(
    new_journey: Journeys, ghn: Ghn, db: Database, settings: Settings
) -> None:
    journey = await (await new_journey().begin()).book()
    add_to(jobs := Jobs(), settings)
    (job,) = jobs.all
    ghn.orders.clear()

    for hours in (7, 8, 9):
        await job.work(db, clock.now() + timedelta(hours=hours))
        await journey.work()

    assert await work_list(journey) == ["CARRIER_REFUSED"]
