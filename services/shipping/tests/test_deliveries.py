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
    journey: Journeys, keys_dir: Path
) -> None:
    """F3.8 TH1, F3.10: the region comes from the ward."""
    mine = journey()
    await mine.hear(mine.created())

    answer = await mine.choose(HOME)

    assert answer.status_code == 200
    claims = Verifier(keys_dir, "shipping", "delivery").open(answer.json()["delivery_choice"])
    assert {k: v for k, v in claims.items() if k not in ("iss", "aud", "iat", "exp")} == {
        "hold_id": str(mine.hold_id),
        "delivery_id": answer.json()["delivery_id"],
        "delivery": "HOME",
        "ward_code": "26740",
        "store_code": None,
        "region": "KV2",
    }
    assert claims["exp"] - claims["iat"] == 30 * 60


async def test_name_phone_and_street_lie_sealed_in_the_database(
    journey: Journeys, db: Database
) -> None:
    mine = journey()
    await mine.hear(mine.created())
    await mine.choose(HOME)

    async with db.transaction() as tx:
        row = (await tx.execute(text("select delivery::text from delivery"))).scalar_one()

    for secret in ("Mai", "912345678", "Huệ"):
        assert secret not in row
        assert secret.encode().hex() not in row


async def test_the_customer_reads_the_choice_back_and_nobody_else_does(journey: Journeys) -> None:
    mine, other = journey(), journey()
    await mine.hear(mine.created())
    await mine.choose(HOME)

    async with mine.customer() as me, other.customer() as stranger:
        seen = await me.get(f"/v1/deliveries/{mine.hold_id}")
        hidden = await stranger.get(f"/v1/deliveries/{mine.hold_id}")

    assert seen.json()["recipient"] == "Nguyễn Thị Mai"
    assert seen.json()["phone"] == "84912345678"
    assert hidden.status_code == 404


async def test_a_hold_we_have_not_heard_of_yet_is_a_matter_of_a_moment(journey: Journeys) -> None:
    mine = journey()

    early = await mine.choose(HOME)
    await mine.hear(mine.created())
    later = await mine.choose(HOME)

    assert early.status_code == 409
    assert early.json()["type"] == "/problems/not-heard-yet"
    assert early.headers["Retry-After"] == "1"
    assert later.status_code == 200


async def test_another_customers_hold_looks_like_none(journey: Journeys) -> None:
    mine, other = journey(), journey()
    await mine.hear(mine.created())
    other.hold_id = mine.hold_id

    assert (await other.choose(HOME)).status_code == 404


async def test_a_claimed_slip_of_a_channel_belongs_to_who_claimed_it(journey: Journeys) -> None:
    """P3.3; the claim may be heard before the slip."""
    me = uuid7()
    mine = journey(customer_id=None)
    claimed = HoldClaimed(occurred_at=clock.now(), hold_id=mine.hold_id, customer_id=me)
    slip = mine.created()
    mine.customer_id = me

    await mine.hear(claimed)
    before = await mine.choose(STORE)
    await mine.hear(slip)
    after = await mine.choose(STORE)

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
    journey: Journeys, change: dict[str, Any], problem: str
) -> None:
    """F3.10."""
    mine = journey()
    await mine.hear(mine.created())

    answer = await mine.choose(HOME | change)

    assert answer.status_code == 422
    assert answer.json()["type"] == f"/problems/{problem}"


async def test_an_esim_and_a_channels_own_delivery_need_no_choice(journey: Journeys) -> None:
    for sim, delivery in (("ESIM", "HOME"), ("PHYSICAL", "CHANNEL")):
        mine = journey(delivery=delivery)
        await mine.hear(mine.created(sim=sim))

        assert (await mine.choose(HOME)).json()["type"] == "/problems/nothing-to-deliver"


async def test_nothing_is_chosen_for_a_hold_that_is_over(journey: Journeys) -> None:
    mine = journey()
    released = HoldReleased(
        occurred_at=clock.now(),
        hold_id=mine.hold_id,
        number_id=mine.number_id,
        reason_code="CHANGED_MIND",
    )
    await mine.hear(mine.created(), released)

    answer = await mine.choose(HOME)

    assert (answer.status_code, answer.json()["because"]) == (409, "HOLD_RELEASED")


async def test_before_the_order_any_choice_replaces_the_last_and_keeps_its_own_id(
    journey: Journeys,
) -> None:
    mine = journey()
    await mine.hear(mine.created())

    first = (await mine.choose(HOME)).json()
    same = (await mine.choose(HOME | {"street": "14 Nguyễn Huệ"})).json()
    other = (await mine.choose(STORE)).json()

    assert first["delivery_id"] == same["delivery_id"] != other["delivery_id"]


async def test_after_the_order_only_the_doorstep_may_change_and_only_until_f4_8(
    journey: Journeys,
) -> None:
    mine = await journey().begin()

    moved = await mine.choose(HOME | {"street": "99 Lê Lợi"})
    elsewhere = await mine.choose(HOME | {"ward_code": "00070"})
    at_store = await mine.choose(STORE)
    await mine.confirm()
    too_late = await mine.choose(HOME)

    assert moved.status_code == 200
    assert [a.json()["type"] for a in (elsewhere, at_store, too_late)] == [
        "/problems/delivery-settled"
    ] * 3
    async with mine.osp() as osp:
        shipment = await osp.get(f"/v1/staff/shipments/{(await mine.shipment()).id}")
    assert shipment.json()["address"]["street"] == "99 Lê Lợi"


async def test_an_order_placed_for_an_older_choice_is_sent_where_it_says(journey: Journeys) -> None:
    mine = journey()
    await mine.hear(mine.created())
    home = (await mine.choose(HOME)).json()
    await mine.choose(STORE)
    mine.delivery_id = home["delivery_id"]
    await mine.hear(mine.placed(), mine.routed(), mine.paid())

    async with mine.osp() as osp:
        shipment = await osp.get(f"/v1/staff/shipments/{(await mine.shipment()).id}")

    assert shipment.json()["address"]["street"] == "12 Nguyễn Huệ"


async def test_an_erased_customer_leaves_no_address_behind(journey: Journeys, db: Database) -> None:
    mine, other = await (await journey().begin()).book(), await journey().begin()
    await mine.carrier("delivered", Reason="Chị Mai đã nhận")
    assert mine.customer_id is not None

    await mine.hear(SubjectErased(occurred_at=clock.now(), subject_id=mine.customer_id))

    async with db.transaction() as tx:
        kept = await tx.execute(text("select customer_id from delivery where doorstep notnull"))
        assert kept.scalars().all() == [other.customer_id]
        assert (await tx.execute(text("select count(*) from carrier_news"))).scalar_one() == 0
    assert await mine.status() == "DELIVERED"
