"""A task that the carrier refuses for good is shown to staff, and not tried for ever."""

from datetime import timedelta

from services.shipping.tests.ghn import Ghn
from services.shipping.tests.world import Journey, Journeys

from kit import clock
from kit.db import Database
from kit.tasks.tasks import open_tasks
from shipping.carriers.jobs import jobs_of
from shipping.settings import Settings


async def test_a_courier_who_has_the_parcel_already_cannot_be_called_off_and_someone_hears_it(
    journey: Journeys, ghn: Ghn
) -> None:
    mine = await (await journey().begin()).book()
    ghn.keep_parcels = True
    await mine.hear(mine.cancel_requested())

    await mine.work()

    assert await work_list(mine) == ["COURIER_KEPT_THE_PARCEL"]


async def work_list(mine: Journey) -> list[str]:
    """Return why tasks are on the work list, as staff of the order's region see it."""
    async with mine.osp() as osp:
        listed = (await osp.get("/v1/work-list")).json()["items"]
    return [item["reason_code"] for item in listed]


async def test_an_order_the_carrier_will_never_take_is_shown_to_staff_with_the_reason(
    journey: Journeys, ghn: Ghn
) -> None:
    mine = await journey().begin()
    ghn.forbid = "PHONE_INVALID"
    await mine.confirm()

    for _ in range(3):
        await mine.work()

    assert await work_list(mine) == ["PHONE_INVALID"]
    assert len(ghn.heads) == 1
    assert (await mine.shipment()).refused_because == "PHONE_INVALID"
    async with mine.osp("KV1") as other:
        assert (await other.get("/v1/work-list")).json()["items"] == []


async def test_staff_who_mended_what_was_wrong_confirm_again_and_the_parcel_is_booked(
    journey: Journeys, ghn: Ghn
) -> None:
    mine = await journey().begin()
    ghn.forbid = "ADDRESS_INVALID"
    await mine.confirm()
    await mine.work()
    ghn.forbid = ""

    assert (await mine.confirm()).status_code == 200
    await mine.work()

    assert await mine.status() == "BOOKED"
    assert (await mine.shipment()).refused_because is None
    assert await work_list(mine) == []


async def test_a_refused_order_that_staff_reject_leaves_the_work_list(
    journey: Journeys, ghn: Ghn, db: Database
) -> None:
    mine = await journey().begin()
    ghn.forbid = "ADDRESS_INVALID"
    await mine.confirm()
    await mine.work()

    assert (await mine.staff("reject", {"reason_code": "WRONG_ADDRESS"})).status_code == 200
    await mine.work()

    assert await work_list(mine) == []
    async with db.transaction() as tx:
        assert await open_tasks(tx) == 0


async def test_money_that_the_carrier_does_not_collect_is_said_before_anybody_is_asked(
    journey: Journeys,
) -> None:
    """GHN collects 50 million đồng at most."""
    mine = await journey(payment="COD", total_vnd=550_000_000).begin()

    answer = await mine.confirm()

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/cod-above-limit")
    assert await mine.status() == "PENDING"


async def test_a_parcel_that_the_carrier_does_not_know_is_asked_about_once(
    journey: Journeys, ghn: Ghn, db: Database, settings: Settings
) -> None:
    mine = await (await journey().begin()).book()
    (job,) = jobs_of(settings).all
    ghn.orders.clear()

    for hours in (7, 8, 9):
        await job.work(db, clock.now() + timedelta(hours=hours))
        await mine.work()

    assert await work_list(mine) == ["CARRIER_REFUSED"]
