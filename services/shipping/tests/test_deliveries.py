"""The customer chooses how to receive the SIM (F3.7, F3.8, F3.10)."""

from pathlib import Path
from typing import Any

import pytest
from services.shipping.tests.world import Journeys
from sqlalchemy import text

from events import HoldClaimed, HoldReleased, SubjectErased
from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.tokens import Verifier

HOME = {
    "delivery": "HOME",
    "recipient": "Nguyễn Thị Mai",
    "phone": "0912 345 678",
    "ward_code": "26740",
    "street": "12 Nguyễn Huệ",
}


STORE = {"delivery": "STORE", "store_code": "2HCM0001"}


async def test_home_delivery_is_signed_for_the_order_service_without_anything_personal(
    new_journey: Journeys, keys_dir: Path
) -> None:
    """F3.8 TH1, F3.10: the region comes from the ward."""
    journey = new_journey()
    await journey.hear(journey.created())

    answer = await journey.choose(HOME)

    assert answer.status_code == 200
    claims = Verifier(keys_dir, "shipping", "delivery").open(answer.json()["delivery_choice"])
    assert {k: v for k, v in claims.items() if k not in ("iss", "aud", "iat", "exp")} == {
        "hold_id": str(journey.hold_id),
        "delivery_id": answer.json()["delivery_id"],
        "delivery": "HOME",
        "ward_code": "26740",
        "store_code": None,
        "region": "KV2",
    }
    assert claims["exp"] - claims["iat"] == 30 * 60


async def test_name_phone_and_street_lie_sealed_in_the_database(
    new_journey: Journeys, db: Database
) -> None:
    journey = new_journey()
    await journey.hear(journey.created())
    await journey.choose(HOME)

    async with db.transaction() as tx:
        row = (await tx.execute(text("select delivery::text from delivery"))).scalar_one()

    for secret in ("Mai", "912345678", "Huệ"):
        assert secret not in row
        assert secret.encode().hex() not in row


async def test_the_customer_reads_the_choice_back_and_nobody_else_does(
    new_journey: Journeys,
) -> None:
    journey, other = new_journey(), new_journey()
    await journey.hear(journey.created())
    await journey.choose(HOME)

    async with journey.customer() as me, other.customer() as stranger:
        seen = await me.get(f"/v1/deliveries/{journey.hold_id}")
        hidden = await stranger.get(f"/v1/deliveries/{journey.hold_id}")

    assert seen.json()["recipient"] == "Nguyễn Thị Mai"
    assert seen.json()["phone"] == "84912345678"
    assert hidden.status_code == 404


async def test_a_hold_we_have_not_heard_of_yet_is_a_matter_of_a_moment(
    new_journey: Journeys,
) -> None:
    journey = new_journey()

    early = await journey.choose(HOME)
    await journey.hear(journey.created())
    later = await journey.choose(HOME)

    assert early.status_code == 409
    assert early.json()["type"] == "/problems/not-heard-yet"
    assert early.headers["Retry-After"] == "1"
    assert later.status_code == 200


async def test_another_customers_hold_looks_like_none(new_journey: Journeys) -> None:
    journey, other = new_journey(), new_journey()
    await journey.hear(journey.created())
    other.hold_id = journey.hold_id

    assert (await other.choose(HOME)).status_code == 404


async def test_a_claimed_slip_of_a_channel_belongs_to_who_claimed_it(new_journey: Journeys) -> None:
    """P3.3; the claim may be heard before the slip."""
    me = uuid7()
    journey = new_journey(customer_id=None)
    claimed = HoldClaimed(occurred_at=clock.now(), hold_id=journey.hold_id, customer_id=me)
    slip = journey.created()
    journey.customer_id = me

    await journey.hear(claimed)
    before = await journey.choose(STORE)
    await journey.hear(slip)
    after = await journey.choose(STORE)

    assert (before.status_code, after.status_code) == (409, 200)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"ward_code": "99999"}, "invalid-request"),
        ({"phone": "0243 123 456"}, "invalid-request"),
        ({"street": "12 \x07 Nguyễn Huệ"}, "invalid-request"),
        ({"recipient": " "}, "invalid-request"),
        ({"street": None}, "invalid-request"),
        ({"delivery": "PIGEON"}, "invalid-request"),
        ({"store_code": "2HCM0001"}, "invalid-request"),
    ],
)
async def test_an_address_a_courier_cannot_use_is_refused(
    new_journey: Journeys, change: dict[str, Any], problem: str
) -> None:
    """F3.10."""
    journey = new_journey()
    await journey.hear(journey.created())

    answer = await journey.choose(HOME | change)

    assert answer.status_code == 422
    assert answer.json()["type"] == f"/problems/{problem}"


async def test_an_esim_and_a_channels_own_delivery_need_no_choice(new_journey: Journeys) -> None:
    for sim, delivery in (("ESIM", "HOME"), ("PHYSICAL", "CHANNEL")):
        journey = new_journey(delivery=delivery)
        await journey.hear(journey.created(sim=sim))

        assert (await journey.choose(HOME)).json()["type"] == "/problems/nothing-to-deliver"


async def test_nothing_is_chosen_for_a_hold_that_is_over(new_journey: Journeys) -> None:
    journey = new_journey()
    released = HoldReleased(
        occurred_at=clock.now(),
        hold_id=journey.hold_id,
        number_id=journey.number_id,
        reason_code="CHANGED_MIND",
    )
    await journey.hear(journey.created(), released)

    answer = await journey.choose(HOME)

    assert (answer.status_code, answer.json()["because"]) == (409, "HOLD_RELEASED")


async def test_before_the_order_any_choice_replaces_the_last_and_keeps_its_own_id(
    new_journey: Journeys,
) -> None:
    journey = new_journey()
    await journey.hear(journey.created())

    first = (await journey.choose(HOME)).json()
    same = (await journey.choose(HOME | {"street": "14 Nguyễn Huệ"})).json()
    other = (await journey.choose(STORE)).json()

    assert first["delivery_id"] == same["delivery_id"] != other["delivery_id"]


async def test_after_the_order_only_the_doorstep_may_change_and_only_until_f4_8(
    new_journey: Journeys,
) -> None:
    journey = await new_journey().begin()

    moved = await journey.choose(HOME | {"street": "99 Lê Lợi"})
    elsewhere = await journey.choose(HOME | {"ward_code": "00070"})
    at_store = await journey.choose(STORE)
    await journey.confirm()
    too_late = await journey.choose(HOME)

    assert moved.status_code == 200
    assert [a.json()["type"] for a in (elsewhere, at_store, too_late)] == [
        "/problems/delivery-settled"
    ] * 3
    async with journey.osp() as osp:
        shipment = await osp.get(f"/v1/staff/shipments/{(await journey.shipment()).id}")
    assert shipment.json()["address"]["street"] == "99 Lê Lợi"


async def test_an_order_placed_for_an_older_choice_is_sent_where_it_says(
    new_journey: Journeys,
) -> None:
    journey = new_journey()
    await journey.hear(journey.created())
    home = (await journey.choose(HOME)).json()
    await journey.choose(STORE)
    journey.delivery_id = home["delivery_id"]
    await journey.hear(journey.placed(), journey.routed(), journey.paid())

    async with journey.osp() as osp:
        shipment = await osp.get(f"/v1/staff/shipments/{(await journey.shipment()).id}")

    assert shipment.json()["address"]["street"] == "12 Nguyễn Huệ"


async def test_an_erased_customer_leaves_no_address_behind(
    new_journey: Journeys, db: Database
) -> None:
    journey, other = await (await new_journey().begin()).book(), await new_journey().begin()
    await journey.carrier("delivered", Reason="Chị Mai đã nhận")
    assert journey.customer_id is not None

    await journey.hear(SubjectErased(occurred_at=clock.now(), subject_id=journey.customer_id))

    async with db.transaction() as tx:
        kept = await tx.execute(text("select customer_id from delivery where doorstep notnull"))
        assert kept.scalars().all() == [other.customer_id]
        assert (await tx.execute(text("select count(*) from carrier_news"))).scalar_one() == 0
    assert await journey.status() == "DELIVERED"
