"""Packing the blank SIM and handing it to the courier (F4.12 to F4.14, G20, G37)."""

import pytest
from services.shipping.tests.world import Journeys, stated

from kit.db import Database
from kit.testing import published
from values.hold_codes import in_groups


async def test_packing_binds_the_serial_and_prints_it_with_the_hold_code(
    new_journey: Journeys, db: Database
) -> None:
    """F4.12, P2.3, G37."""
    journey = await (await new_journey(payment="COD").begin()).book()
    shipment = await journey.shipment()
    async with journey.osp() as osp:
        too_early = await osp.get(f"/v1/staff/shipments/{shipment.id}/label")
        packed = (await journey.pack("8984012345678901234")).json()
        label = await osp.get(f"/v1/staff/shipments/{shipment.id}/label")

    assert too_early.json()["type"] == "/problems/not-packed"
    assert (packed["packed"], packed["sim_serial"]) == (True, "8984012345678901234")
    said = (await stated(db))[-1]
    assert (said.topic, said.sim_serial) == ("ShipmentPacked", "8984012345678901234")
    assert label.headers["content-type"] == "text/html; charset=utf-8"
    assert in_groups(journey.hold_code) in label.text
    for word in ("8984012345678901234", "Nguyễn Thị Mai", "Thu hộ: 110.000 đ", "Tải ứng dụng"):
        assert word in label.text


async def test_a_label_prints_names_as_text_whatever_they_contain(new_journey: Journeys) -> None:
    journey = new_journey()
    await journey.hear(journey.created())
    home = {
        "delivery": "HOME",
        "recipient": "<script>alert(1)</script>",
        "phone": "0912345678",
        "ward_code": "26740",
        "street": "$hold_code & co",
    }
    journey.delivery_id = (await journey.choose(home)).json()["delivery_id"]
    await journey.hear(journey.placed(), journey.routed(), journey.paid())
    await journey.book()
    await journey.pack()

    async with journey.osp() as osp:
        label = await osp.get(f"/v1/staff/shipments/{(await journey.shipment()).id}/label")

    assert "<script>" not in label.text
    assert "&lt;script&gt;" in label.text
    assert "$hold_code &amp; co" in label.text


async def test_packing_again_with_the_same_serial_changes_nothing_and_another_replaces_it(
    new_journey: Journeys, db: Database
) -> None:
    journey = await (await new_journey().begin()).book()

    for serial in ("1111111111", "1111111111", "2222222222"):
        assert (await journey.pack(serial)).status_code == 200

    serials = [f.sim_serial for f in await stated(db) if f.topic == "ShipmentPacked"]
    assert serials == ["1111111111", "2222222222"]


@pytest.mark.parametrize("serial", ["123", "8984012345678901235", "abcdefghijkl"])
async def test_a_mistyped_serial_is_refused(new_journey: Journeys, serial: str) -> None:
    journey = await (await new_journey().begin()).book()

    answer = await journey.pack(serial)

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-request")


async def test_a_serial_belongs_to_one_live_shipment_and_comes_free_with_its_return(
    new_journey: Journeys,
) -> None:
    first = await (await new_journey().begin()).book()
    second = await (await new_journey().begin()).book()
    await first.pack("5555555555")

    taken = await second.pack("5555555555")
    await first.carrier("waiting_to_return")
    travelling = await second.pack("5555555555")
    await first.carrier("returned")
    free = await second.pack("5555555555")

    assert [a.status_code for a in (taken, travelling, free)] == [409, 409, 200]
    assert taken.json()["type"] == "/problems/serial-taken"


async def test_the_hand_over_needs_a_packed_parcel_and_a_booked_courier(
    new_journey: Journeys, db: Database
) -> None:
    """F4.13, G20; then the tab is "Đang giao hàng" (F4.13.1, F4.14)."""
    journey = await new_journey().begin()
    await journey.confirm()
    await journey.pack()
    unbooked = await journey.staff("hand-over")
    await journey.work()
    other = await (await new_journey().begin()).book()
    unpacked = await other.staff("hand-over")

    handed = [await journey.staff("hand-over") for _ in range(2)]

    assert unbooked.json()["type"] == "/problems/shipment-moved-on"
    assert unpacked.json()["type"] == "/problems/not-packed"
    assert [h.json()["tab_label"] for h in handed] == ["Đang giao hàng"] * 2
    assert (await published(db)).count("ShipmentHandedOver") == 1


async def test_both_sides_of_one_hand_over_state_it_once(
    new_journey: Journeys, db: Database
) -> None:
    """F4.13.1 and F4.13.2 are two views of one hand-over (G20)."""
    journey = await (await new_journey().begin()).book()
    await journey.pack()

    await journey.carrier("picked")
    late = await journey.staff("hand-over")
    other = await (await new_journey().begin()).book()
    await other.pack("9999999999")
    await other.staff("hand-over")
    await other.carrier("picked")

    assert late.status_code == 200
    assert (await published(db)).count("ShipmentHandedOver") == 2
    assert (await journey.status(), await other.status()) == ("DELIVERING", "DELIVERING")


async def test_who_does_not_cancel_gets_the_parcel_packed(new_journey: Journeys) -> None:
    """F4.10 TH2."""
    journey = await (await new_journey().begin()).book()

    async with journey.customer() as me:
        seen = (await me.get(f"/v1/shipments/by-hold/{journey.hold_id}")).json()
    packed = await journey.pack()

    assert (seen["tab_label"], seen["can_cancel"]) == ("Chờ lấy hàng", True)
    assert seen["tracking_code"] == "G00001"
    assert packed.status_code == 200
