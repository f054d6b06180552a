"""The story of a journey: every fact once, in the order it happened."""

from datetime import timedelta

from services.order.tests.parcels import says
from services.order.tests.world import World

from events import HoldConfirmed, HoldExpired, ShipmentDelivered, ShipmentHandedOver
from events.ids import uuid7
from kit import clock


async def test_the_story_is_told_in_the_order_it_happened(world: World) -> None:
    hold = await world.hold()
    now = clock.now()
    delivered = says(ShipmentDelivered, hold.hold_id, at=now + timedelta(hours=2))
    handed = says(ShipmentHandedOver, hold.hold_id, at=now + timedelta(hours=1))
    await world.place(hold, "COD")
    await world.consumes(delivered, handed, delivered)
    await world.consumes(*await world.published())

    items = (await world.customer().get(f"/v1/journeys/{hold.hold_id}/timeline")).json()["items"]

    assert [item["event"] for item in items] == [
        "HoldCreated",
        "OrderPlaced",
        "OrderRouted",
        "ShipmentHandedOver",
        "ShipmentDelivered",
    ]
    assert items[1]["step"] == "F4.1, F4.2"
    assert items[1]["text_vi"] == "Đã đặt hàng"


async def test_the_story_is_for_its_customer_and_for_staff_of_its_region(world: World) -> None:
    hold = await world.hold()
    await world.place(hold, "COD")
    path = f"/v1/journeys/{hold.hold_id}/timeline"

    answers = [
        await world.customer().get(path),
        await world.customer(uuid7()).get(path),
        await world.staff("call_agent", regions=("KV2",)).get(path),
        await world.staff("call_agent", regions=("KV1",)).get(path),
        await world.staff("sre").get(path),
    ]

    assert [answer.status_code for answer in answers] == [200, 404, 200, 404, 200]


async def test_a_journey_without_an_order_is_shown_to_no_region(world: World) -> None:
    """A hold without an order belongs to no region: its customer sees it, and head office."""
    hold = await world.hold()
    path = f"/v1/journeys/{hold.hold_id}/timeline"

    answers = [
        await world.customer().get(path),
        await world.staff("call_agent", regions=("KV2",)).get(path),
        await world.staff("sre").get(path),
    ]

    assert [answer.status_code for answer in answers] == [200, 404, 200]


async def test_what_is_heard_before_its_beginning_waits_for_it(world: World) -> None:
    """Topics have no common order: a hold's end may arrive before its slip."""
    hold = world.slip()
    expired = says(HoldExpired, hold.hold_id)

    await world.consumes(expired, says(HoldConfirmed, hold.hold_id, at=clock.now()))
    await world.consumes(hold)

    quote = await world.customer().post("/v1/orders", json=world.wish(hold, "COD"))
    assert (quote.status_code, quote.json()["hold_status"]) == (409, "CONFIRMED")
