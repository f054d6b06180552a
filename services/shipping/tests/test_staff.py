"""OSP's staff: the tabs, confirming, rejecting, and whose orders they see (F4.4 to F4.10)."""

from datetime import timedelta

from services.shipping.tests.ghn import Ghn
from services.shipping.tests.world import Journeys, stated
from sqlalchemy import update

from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.testing import client, published, token_for
from shipping.tables import holds


async def test_confirming_moves_the_order_and_tells_the_carrier_the_four_things(
    new_journey: Journeys, ghn: Ghn, db: Database
) -> None:
    """F4.8, F4.8.1, F4.8.2: order, collection time and address, delivery, payment status."""
    journey = await new_journey(payment="COD").begin()

    confirmed = (await journey.confirm()).json()
    assert (confirmed["tab_label"], confirmed["status_label"]) == (
        "Chờ lấy hàng",
        "Đang đặt đơn vị vận chuyển",
    )
    await journey.work()

    told, collection_at = ghn.only(), (await journey.shipment()).collection_at
    assert ghn.heads == [("ghn-token", "7")]
    assert str(journey.order_id) in told["content"]
    assert told["from_address"] == "Kho OSP, 5 Lê Duẩn"
    assert told["pickup_time"] == int((collection_at or clock.now()).timestamp())
    assert (told["to_name"], told["to_phone"]) == ("Nguyễn Thị Mai", "84912345678")
    assert told["to_address"] == "12 Nguyễn Huệ, Phường Sài Gòn, Thành phố Hồ Chí Minh"
    assert told["cod_amount"] == 110_000
    assert told["client_order_code"] == str((await journey.shipment()).id)
    assert await journey.status() == "BOOKED"
    booked = (await stated(db))[-1]
    assert (booked.topic, booked.tracking_code) == ("ShipmentBooked", told["order_code"])


async def test_a_paid_order_is_carried_without_collecting_money(
    new_journey: Journeys, ghn: Ghn
) -> None:
    """F4.19 TH1."""
    journey = await (await new_journey().begin()).book()

    assert ghn.only()["cod_amount"] == 0
    assert "Đã thanh toán" in ghn.only()["note"]
    assert (await journey.shipment()).cod_due_vnd == 0


async def test_a_collection_time_in_the_past_is_refused(new_journey: Journeys) -> None:
    journey = await new_journey().begin()
    body = {
        "collection_address": "Kho OSP",
        "collection_at": (clock.now() - timedelta(minutes=1)).isoformat(),
    }

    answer = await journey.staff("confirm", body)

    assert answer.json()["type"] == "/problems/too-early"
    assert await journey.status() == "PENDING"


async def test_confirming_again_with_the_same_words_changes_nothing(
    new_journey: Journeys, db: Database
) -> None:
    journey = await new_journey().begin()
    at = (clock.now() + timedelta(hours=1)).isoformat()
    body = {"collection_address": "Kho OSP", "collection_at": at, "carrier": "ghn"}

    answers = [await journey.staff("confirm", body) for _ in range(2)]
    other = await journey.staff("confirm", body | {"collection_at": "2099-01-01T00:00:00Z"})

    assert [a.status_code for a in answers] == [200, 200]
    assert other.status_code == 409
    assert await published(db) == ["ShipmentConfirmed"]


async def test_staff_reject_an_order_with_a_reason_in_the_first_two_tabs(
    new_journey: Journeys, ghn: Ghn, db: Database
) -> None:
    """G17: the courier is called off too."""
    pending = await new_journey().begin()
    booked = await (await new_journey().begin()).book()

    first = await pending.staff("reject", {"reason_code": "OUT_OF_STOCK"})
    second = await booked.staff("reject", {"reason_code": "WRONG_ADDRESS"})
    again = await booked.staff("reject", {"reason_code": "WRONG_ADDRESS"})
    await booked.work()

    assert [a.json()["tab_label"] for a in (first, second, again)] == ["Đã hủy"] * 3
    said = [f.reason_code for f in await stated(db) if f.topic == "ShipmentCancelled"]
    assert said == ["OUT_OF_STOCK", "WRONG_ADDRESS"]
    assert ghn.only()["status"] == "cancel"


async def test_staff_cannot_reject_what_has_left_the_house(new_journey: Journeys) -> None:
    journey = await (await new_journey().begin()).book()
    await journey.carrier("picked")

    answer = await journey.staff("reject", {"reason_code": "OUT_OF_STOCK"})

    assert (answer.status_code, answer.json()["state"]) == (409, "DELIVERING")


async def test_the_customer_cancels_while_the_parcel_awaits_collection(
    new_journey: Journeys, ghn: Ghn, db: Database
) -> None:
    """F4.10 TH1, G18, G19."""
    journey = await (await new_journey().begin()).book()
    await journey.pack()

    await journey.hear(journey.cancel_requested())
    await journey.work()

    assert (await published(db))[-1] == "ShipmentCancelled"
    assert await journey.status() == "CANCELLED"
    assert ghn.only()["status"] == "cancel"


async def test_staff_of_another_region_see_nothing_and_can_do_nothing(
    new_journey: Journeys,
) -> None:
    journey = await new_journey().begin()
    shipment = await journey.shipment()
    path = f"/v1/staff/shipments/{shipment.id}"
    async with journey.osp("KV1") as north, journey.osp("KV1", "KV2") as both:
        listed = (await north.get("/v1/staff/shipments?tab=PENDING")).json()["items"]
        seen = await north.get(path)
        done = [
            await north.post(f"{path}/pack", json={"sim_serial": "1234567890"}),
            await north.post(f"{path}/hand-over"),
            await north.post(f"{path}/reject", json={"reason_code": "X"}),
            await north.get(f"{path}/label"),
        ]
        theirs = (await both.get("/v1/staff/shipments?tab=PENDING")).json()["items"]

    assert listed == []
    assert [a.status_code for a in (seen, *done)] == [404] * 5
    assert [item["shipment_id"] for item in theirs] == [str(shipment.id)]


async def test_an_order_routed_anew_moves_to_the_other_regions_staff(new_journey: Journeys) -> None:
    journey = await new_journey().begin()

    await journey.hear(journey.routed("KV9"))

    async with journey.osp("KV2") as old, journey.osp("KV9") as new:
        assert (await old.get("/v1/staff/shipments?tab=PENDING")).json()["items"] == []
        assert len((await new.get("/v1/staff/shipments?tab=PENDING")).json()["items"]) == 1


async def test_a_tab_is_read_page_by_page(new_journey: Journeys) -> None:
    made = [await new_journey().begin() for _ in range(5)]
    seen, after = [], ""
    async with made[0].osp() as osp:
        for _ in range(3):
            page = (await osp.get(f"/v1/staff/shipments?tab=PENDING&limit=2{after}")).json()
            seen += [item["hold_id"] for item in page["items"]]
            after = f"&after={page['next']}"

    assert seen == [str(journey.hold_id) for journey in made]
    assert page["next"] is None


async def test_a_store_pick_up_is_not_sent_by_courier(new_journey: Journeys) -> None:
    """F4.5 TH2."""
    journey = await new_journey(delivery="STORE").begin()

    confirmed, packed = await journey.confirm(), await journey.pack()

    assert [a.json()["type"] for a in (confirmed, packed)] == ["/problems/not-that-way"] * 2


async def test_another_customers_shipment_looks_like_none(new_journey: Journeys) -> None:
    journey, other = await new_journey().begin(), new_journey()

    async with other.customer() as stranger:
        answer = await stranger.get(f"/v1/shipments/by-hold/{journey.hold_id}")
        nothing = await stranger.get(f"/v1/shipments/by-hold/{uuid7()}")

    assert (answer.status_code, nothing.status_code) == (404, 404)


async def test_a_row_that_cannot_be_shown_hides_no_other(
    new_journey: Journeys, db: Database
) -> None:
    sick = await new_journey(payment="COD").begin()
    well = await new_journey(payment="COD", total_vnd=3_000_000_000).begin()
    async with db.transaction() as tx:
        await tx.execute(update(holds).where(holds.c.id == sick.hold_id).values(region="KV0"))

    async with client(well.app, token_for(well.keys, "staff", roles=["osp_staff"])) as hq:
        tab = (await hq.get("/v1/staff/shipments?tab=PENDING")).json()

    assert [item["hold_id"] for item in tab["items"]] == [str(well.hold_id)]


async def test_a_page_after_a_shipment_of_another_region_or_none_is_refused(
    new_journey: Journeys,
) -> None:
    journey = await new_journey().begin()
    shipment = await journey.shipment()
    async with journey.osp("KV1") as other, journey.osp() as osp:
        path = "/v1/staff/shipments?tab=DELIVERED&after="
        foreign = await other.get(f"{path}{shipment.id}")
        unknown = await osp.get(f"{path}{uuid7()}")
        moved_on = await osp.get(f"{path}{shipment.id}")

    assert [a.status_code for a in (foreign, unknown, moved_on)] == [422, 422, 200]
    assert unknown.json()["type"] == "/problems/unknown-cursor"
