"""Sales channels that deliver the blank SIM themselves (P2.3)."""

from datetime import timedelta

import pytest
from services.shipping.tests.world import Journey, Journeys, stated
from sqlalchemy import update

from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.testing import published
from shipping.tables import shipments

CHANNEL_DOES_NOT_DELIVER = (403, "/problems/channel-does-not-deliver")


@pytest.fixture
async def journey(new_journey: Journeys) -> Journey:
    made = new_journey(partner_id=uuid7(), customer_id=None, delivery="CHANNEL", payment="CHANNEL")
    return await made.begin()


async def test_a_channel_reports_serial_and_delivery_of_its_own_parcel(
    journey: Journey, db: Database
) -> None:
    """P2.3, G37."""
    at = clock.now()
    path = f"/v1/partner/shipments/{journey.hold_id}"
    async with journey.partner() as partner:
        packed = [
            await partner.post(f"{path}/packed", json={"sim_serial": "1234567890"})
            for _ in range(2)
        ]
        delivered = [
            await partner.post(f"{path}/delivered", json={"delivered_at": at.isoformat()})
            for _ in range(2)
        ]

    assert [a.status_code for a in (*packed, *delivered)] == [200] * 4
    assert delivered[0].json()["status_label"] == "Đã giao"
    bound, done = await stated(db)
    assert (bound.topic, bound.sim_serial) == ("ShipmentPacked", "1234567890")
    assert (done.topic, done.delivered_at) == ("ShipmentDelivered", bound.occurred_at)


async def test_a_channel_that_is_quicker_than_the_news_of_its_hold_is_told_to_ask_again(
    journey: Journey,
) -> None:
    async with journey.partner() as partner:
        early = await partner.post(
            f"/v1/partner/shipments/{uuid7()}/packed", json={"sim_serial": "1234567890"}
        )

    assert (early.status_code, early.json()["type"]) == (409, "/problems/not-heard-yet")


async def test_an_esim_has_no_parcel_to_wait_for(new_journey: Journeys) -> None:
    journey = new_journey(partner_id=uuid7(), customer_id=None)
    await journey.hear(journey.created().model_copy(update={"sim": "ESIM"}))
    async with journey.partner() as partner:
        answer = await partner.post(
            f"/v1/partner/shipments/{journey.hold_id}/packed", json={"sim_serial": "1234567890"}
        )

    assert answer.status_code == 404


async def test_another_channels_parcel_looks_like_none(journey: Journey, db: Database) -> None:
    path = f"/v1/partner/shipments/{journey.hold_id}"
    async with journey.partner(uuid7()) as other:
        packed = await other.post(f"{path}/packed", json={"sim_serial": "1234567890"})
        delivered = await other.post(
            f"{path}/delivered", json={"delivered_at": clock.now().isoformat()}
        )

    assert (packed.status_code, delivered.status_code) == (404, 404)
    assert await published(db) == []


async def test_a_parcel_is_delivered_after_it_was_packed_and_not_in_the_future(
    journey: Journey,
) -> None:
    path = f"/v1/partner/shipments/{journey.hold_id}"
    later = (clock.now() + timedelta(hours=1)).isoformat()
    async with journey.partner() as partner:
        unpacked = await partner.post(
            f"{path}/delivered", json={"delivered_at": clock.now().isoformat()}
        )
        await partner.post(f"{path}/packed", json={"sim_serial": "1234567890"})
        future = await partner.post(f"{path}/delivered", json={"delivered_at": later})

    assert unpacked.json()["type"] == "/problems/not-packed"
    assert future.json()["type"] == "/problems/not-yet"


@pytest.mark.parametrize(
    ("when", "problem"),
    [
        ("0001-01-01T00:00:00+07:00", "invalid-request"),
        ("9999-12-31T23:59:59-12:00", "invalid-request"),
        ("2026-11-02T05:00:00", "invalid-request"),
        ("1767225600", "invalid-request"),
        ("2024-01-01T00:00:00Z", "before-packed"),
    ],
)
async def test_a_delivery_long_before_the_sale_is_refused_and_every_list_can_be_read(
    journey: Journey, when: str, problem: str
) -> None:
    """A moment that nobody could read again; a month-old one would free a number just sold."""
    path = f"/v1/partner/shipments/{journey.hold_id}"
    async with journey.partner() as partner:
        await partner.post(f"{path}/packed", json={"sim_serial": "1234567890"})
        answer = await partner.post(f"{path}/delivered", json={"delivered_at": when})
    async with journey.osp() as osp:
        tab = await osp.get("/v1/staff/shipments", params={"tab": "AWAITING_COLLECTION"})

    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{problem}")
    assert [item["status"] for item in tab.json()["items"]] == ["WITH_CHANNEL"]


async def test_a_channels_clock_may_be_some_minutes_wrong(journey: Journey, db: Database) -> None:
    path = f"/v1/partner/shipments/{journey.hold_id}"
    fast = (clock.now() + timedelta(minutes=3)).isoformat()
    async with journey.partner() as partner:
        await partner.post(f"{path}/packed", json={"sim_serial": "1234567890"})
        answers = [
            await partner.post(f"{path}/delivered", json={"delivered_at": fast}) for _ in range(2)
        ]

    assert [answer.status_code for answer in answers] == [200, 200]
    done = (await stated(db))[-1]
    assert done.delivered_at <= done.occurred_at


async def test_another_time_for_a_delivery_reported_before_is_no_repetition(
    journey: Journey, db: Database
) -> None:
    path = f"/v1/partner/shipments/{journey.hold_id}"
    async with journey.partner() as partner:
        await partner.post(f"{path}/packed", json={"sim_serial": "1234567890"})
        await partner.post(f"{path}/delivered", json={"delivered_at": clock.now().isoformat()})
        async with db.transaction() as tx:  # time goes by
            await tx.execute(update(shipments).values(packed_at=clock.now() - timedelta(hours=2)))
        other = (clock.now() - timedelta(hours=1)).isoformat()
        answer = await partner.post(f"{path}/delivered", json={"delivered_at": other})

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/delivered-otherwise")


async def test_a_channel_cannot_report_a_parcel_that_we_send(new_journey: Journeys) -> None:
    partner_id = uuid7()
    journey = await new_journey(partner_id=partner_id).begin()
    async with journey.partner() as partner:
        answer = await partner.post(
            f"/v1/partner/shipments/{journey.hold_id}/packed", json={"sim_serial": "1234567890"}
        )

    assert (answer.status_code, answer.json()["type"]) == CHANNEL_DOES_NOT_DELIVER


@pytest.mark.parametrize("what", ["packed", "delivered"])
async def test_a_channel_whose_contract_includes_no_delivery_reports_none(
    new_journey: Journeys, db: Database, what: str
) -> None:
    """The slip says who delivers; an order that says otherwise does not make it so."""
    journey = new_journey(
        partner_id=uuid7(), customer_id=None, delivery="CHANNEL", payment="CHANNEL"
    )
    await journey.hear(journey.created(channel_delivers=False), journey.placed(), journey.paid())
    body = {"sim_serial": "1234567890", "delivered_at": clock.now().isoformat()}

    async with journey.partner() as partner:
        answer = await partner.post(f"/v1/partner/shipments/{journey.hold_id}/{what}", json=body)

    assert (answer.status_code, answer.json()["type"]) == CHANNEL_DOES_NOT_DELIVER
    assert await published(db) == []


async def test_osp_does_not_send_a_channels_parcel(journey: Journey) -> None:
    assert (await journey.confirm()).json()["type"] == "/problems/not-that-way"
