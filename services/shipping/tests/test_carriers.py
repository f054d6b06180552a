"""A parcel moves by its carrier's words (F4.13.2 to F4.23, G21, G23)."""

import pytest
from services.shipping.tests.world import Journey, since_packing, stated

from kit.db import Database


async def test_a_parcel_goes_through_the_carriers_words_to_the_customer(
    journey: Journey, db: Database
) -> None:
    """F4.13.2, F4.15 TH2, F4.19 TH1, F4.21 to F4.23: paid online, nothing is collected."""
    words = ["picking", "picked", "storing", "transporting", "sorting", "delivering", "delivered"]
    tabs = []
    async with journey.customer() as me:
        for n, word in enumerate(words):
            await journey.carrier(word, at=n)
            seen = await me.get(f"/v1/shipments/by-hold/{journey.hold_id}")
            tabs.append(seen.json()["tab_label"])

    assert tabs == ["Chờ lấy hàng", *["Đang giao hàng"] * 5, "Đã giao"]
    assert await since_packing(db) == ["ShipmentHandedOver", "ShipmentDelivered"]


async def test_the_courier_collects_the_money_and_then_confirms_the_delivery(
    cod: Journey, db: Database
) -> None:
    """F4.19 TH2, F4.20, F4.21."""
    await cod.carrier("picked")
    await cod.carrier("money_collect_delivering", at=1)
    await cod.carrier("delivered", at=2)

    assert await since_packing(db) == ["ShipmentHandedOver", "CodCollected", "ShipmentDelivered"]
    money = (await stated(db))[-2]
    assert (money.amount_vnd, money.collected_by) == (110_000, "CARRIER")
    assert money.collected_at == (await cod.shipment()).delivered_at


@pytest.mark.parametrize(
    ("word", "code", "reason"),
    [
        ("return", "GHN-DCD0A8", "CUSTOMER_CHANGED_MIND"),
        ("return_transporting", "", "CUSTOMER_REFUSED"),
        ("returning", "", "CUSTOMER_REFUSED"),
        ("cancel", "GHN-NEW999", "CUSTOMER_REFUSED"),
    ],
)
async def test_a_refused_parcel_is_cancelled_with_the_reason_and_travels_back(
    cod: Journey, db: Database, word: str, code: str, reason: str
) -> None:
    """F4.15 TH1, F4.16 to F4.18, G21."""
    await cod.carrier("delivering")

    await cod.carrier(word, at=1, Reason="Chị Mai ở 12 Nguyễn Huệ không nhận", ReasonCode=code)
    async with cod.customer() as me:
        seen = (await me.get(f"/v1/shipments/by-hold/{cod.hold_id}")).json()
    await cod.carrier("return_sorting", at=2)
    await cod.carrier("return_fail", at=3)
    await cod.carrier("returned", at=4)

    assert (seen["tab_label"], seen["status_label"]) == ("Đã hủy", "Đang hoàn hàng")
    assert seen["reason_code"] == reason
    assert await since_packing(db) == [
        "ShipmentHandedOver",
        "DeliveryRefused",
        "ShipmentReturned",
    ]
    assert (await stated(db))[-2].reason_code == reason
    assert "Mai" not in "".join(fact.model_dump_json() for fact in await stated(db))


async def test_a_vain_collection_and_a_vain_delivery_are_tried_again(
    journey: Journey, db: Database
) -> None:
    """G23."""
    states = []
    for n, (word, reason) in enumerate(
        [
            ("ready_to_pick", "GHN-PFA2A3"),
            ("picking", ""),
            ("picked", ""),
            ("delivery_fail", "GHN-DFC1A4"),
            ("delivering", ""),
            ("delivered", ""),
        ]
    ):
        await journey.carrier(word, at=n, Reason="không nghe máy" * bool(reason), ReasonCode=reason)
        states.append(await journey.status())

    assert states == [
        "COLLECTION_FAILED",
        "BOOKED",
        "DELIVERING",
        "DELIVERY_RETRY",
        "DELIVERING",
        "DELIVERED",
    ]
    failed = next(f for f in await stated(db) if f.topic == "CollectionFailed")
    assert failed.reason_code == "SENDER_UNREACHABLE"


@pytest.mark.parametrize(
    ("word", "status", "reason"),
    [
        ("lost", "LOST", "CARRIER_LOST"),
        ("damage", "DAMAGED", "CARRIER_DAMAGED"),
    ],
)
async def test_a_parcel_the_carrier_lost_or_broke_is_given_up(
    journey: Journey, db: Database, word: str, status: str, reason: str
) -> None:
    """G23."""
    await journey.carrier("transporting")

    await journey.carrier(word, at=1)

    assert await journey.status() == status
    assert (await stated(db))[-1].topic == "ShipmentLost"
    assert (await stated(db))[-1].reason_code == reason


async def test_a_carrier_who_will_not_collect_cancels_the_order(
    journey: Journey, db: Database
) -> None:
    await journey.carrier("cancel", Reason="Hàng không vận chuyển", ReasonCode="GHN-PFA4A2")

    assert await journey.status() == "CANCELLED"
    assert (await stated(db))[-1].topic == "ShipmentCancelled"
    assert (await stated(db))[-1].reason_code == "CARRIER_CANCELLED"
