"""The stage a journey stands in, those that are stuck, and how staff find and read a journey."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from services.order.tests.parcels import says
from services.order.tests.world import World
from sqlalchemy import update

from events import (
    ConnectionCompleted,
    HoldConfirmed,
    Region,
    ShipmentConfirmed,
    ShipmentDelivered,
    ShipmentHandedOver,
    VideoCallApproved,
)
from events.ids import uuid7
from kit import clock
from order.stages.domain import AFTER, RULES, Line, Stage, standing_after
from order.tables import timeline
from order.timeline.domain import STEPS

BOARD = "/v1/staff/journeys"


async def _told(world: World, *facts: Any) -> None:
    await world.consumes(*await world.published(), *facts)


def _story(*events: str) -> list[Line]:
    noon = clock.now()
    return [Line(noon + timedelta(minutes=n), event, None) for n, event in enumerate(events)]


def _stage(*events: str, sim: Any = "PHYSICAL") -> Stage | None:
    standing = standing_after(_story(*events), sim)
    return standing.stage if standing else None


def test_a_story_folds_into_the_stage_it_has_come_to() -> None:
    assert _stage() is None
    assert _stage("HoldCreated", "OrderPlaced", "HoldConfirmed", "OrderRouted") is Stage.PREPARING
    assert _stage("HoldCreated", "HoldConfirmed", sim="ESIM") is Stage.TO_ACTIVATE
    assert _stage("ConnectionCompleted", "HoldConsumed") is Stage.CONNECTED
    assert _stage("ConnectionCompleted", "EsimProfileIssued", sim="ESIM") is Stage.INSTALLING


def test_late_news_of_a_parcel_does_not_take_an_activation_back() -> None:
    """Topics have no common order, and a courier's word may come after the customer's."""
    assert _stage("ActivationStarted", "KycPassed", "ShipmentDelivered") is Stage.TO_CALL


def test_an_end_does_not_hide_money_that_is_still_owed() -> None:
    """G18: what staff have to transfer stays on the list until it is transferred."""
    owed = ("OrderCancelled", "RefundRequested", "RefundFailed", "HoldReleased")
    assert _stage(*owed) is Stage.REFUND_BY_HAND
    assert _stage(*owed, "RefundCompleted") is Stage.ENDED


def test_the_same_stage_again_does_not_begin_its_time_anew() -> None:
    story = _story("HoldConfirmed", "ShipmentConfirmed", "ShipmentBooked", "ShipmentPacked")
    standing = standing_after(story, "PHYSICAL")
    assert standing
    assert standing.since == story[1].at
    assert standing.due_at == story[1].at + timedelta(days=1)
    assert standing.event == "ShipmentPacked"


def test_every_fact_with_a_stage_is_in_the_story_and_every_stage_has_its_rule() -> None:
    assert set(AFTER) <= set(STEPS)
    assert set(RULES) == set(Stage)


async def test_a_journey_that_stands_too_long_is_stuck_until_it_goes_on(world: World) -> None:
    hold = await world.hold()
    await world.place(hold, "COD")
    late = clock.now() - timedelta(hours=5)
    await _told(world, says(HoldConfirmed, hold.hold_id, at=late))
    # The order was placed after that moment by this test's clock: the stage is its newest fact's.
    confirmed = says(ShipmentConfirmed, hold.hold_id, at=clock.now() + timedelta(seconds=1))
    moved = says(ShipmentHandedOver, hold.hold_id, at=clock.now() - timedelta(days=6))
    before = (await world.staff("region_manager").get(f"{BOARD}/stuck")).json()["items"]
    await world.consumes(confirmed, moved)
    counted = (await world.staff("sre").get(f"{BOARD}/stages")).json()["items"]

    assert before == []
    assert [(s["stage"], s["region"], s["journeys"], s["stuck"]) for s in counted] == [
        ("COLLECTION", "KV2", 1, 0)
    ]
    assert (counted[0]["label_vi"], counted[0]["limit_seconds"]) == ("Chờ lấy hàng", 86_400)


async def _stuck_in_delivery(world: World) -> Any:
    hold = await world.hold()
    await world.place(hold, "COD")
    await _told(world)
    await _backdated(world, hold.hold_id, days=7)
    handed = says(ShipmentHandedOver, hold.hold_id, at=clock.now() - timedelta(days=6))
    await world.consumes(handed)
    return hold


async def _backdated(world: World, hold_id: Any, *, days: int) -> None:
    """Move the story so far back in time, as if this order were a week old."""
    async with world.db.transaction() as tx:
        older = timeline.c.at - timedelta(days=days)
        await tx.execute(update(timeline).where(timeline.c.hold_id == hold_id).values(at=older))


async def test_a_stuck_journey_says_since_when_why_and_whose_work_is_next(world: World) -> None:
    hold = await _stuck_in_delivery(world)
    manager = world.staff("region_manager", regions=("KV2",))

    [item] = (await manager.get(f"{BOARD}/stuck")).json()["items"]
    filtered = {
        asked: len((await manager.get(f"{BOARD}/stuck?{asked}")).json()["items"])
        for asked in (
            "stage=DELIVERING",
            "stage=PREPARING",
            "responsible=CARRIER",
            "responsible=VIDEO",
            "region=KV2",
            "region=KV1",
        )
    }
    [stage] = (await manager.get(f"{BOARD}/stages")).json()["items"]
    await world.consumes(says(ShipmentDelivered, hold.hold_id))
    gone = (await manager.get(f"{BOARD}/stuck")).json()["items"]

    assert (item["hold_code"], item["region"]) == ("GS261102ABCDEX", "KV2")
    assert (item["stage"], item["responsible"], item["event"]) == (
        "DELIVERING",
        "CARRIER",
        "ShipmentHandedOver",
    )
    assert (item["label_vi"], item["next_vi"]) == ("Đang giao hàng", "Hỏi đơn vị vận chuyển")
    assert item["is_stuck"]
    assert filtered == {
        "stage=DELIVERING": 1,
        "stage=PREPARING": 0,
        "responsible=CARRIER": 1,
        "responsible=VIDEO": 0,
        "region=KV2": 1,
        "region=KV1": 0,
    }
    assert (stage["journeys"], stage["stuck"], stage["oldest"]) == (1, 1, item["since"])
    assert gone == []


@pytest.mark.parametrize("route", ["stuck", "stages"])
async def test_the_board_is_for_those_who_oversee_and_shows_their_regions(
    world: World, route: str
) -> None:
    await _stuck_in_delivery(world)
    path = f"{BOARD}/{route}"

    people: list[tuple[str, tuple[Region, ...]]] = [
        ("region_manager", ("KV2",)),
        ("region_manager", ("KV1",)),
        ("admin", ()),
        ("auditor", ("KV5",)),
    ]
    lengths = [
        len((await world.staff(role, regions=regions).get(path)).json()["items"])
        for role, regions in people
    ]
    refused = [
        (await world.staff("osp_staff", regions=("KV2",)).get(path)).status_code,
        (await world.customer().get(path)).status_code,
    ]

    assert lengths == [1, 0, 1, 0]
    assert refused == [403, 403]


async def test_two_facts_at_the_same_time_both_count(world: World) -> None:
    """The row of the stage is locked before the story is read."""
    hold = await world.hold()
    await world.place(hold, "COD")
    await _told(world)
    now = clock.now() + timedelta(minutes=1)
    approved = says(
        VideoCallApproved, hold.hold_id, call_id=uuid7(), agent_id=uuid7(), approved_at=now, at=now
    )
    connected = says(ConnectionCompleted, hold.hold_id, at=now + timedelta(minutes=1))
    await asyncio.gather(world.consumes(approved), world.consumes(connected))
    page = (await world.staff("admin").get(f"{BOARD}/{hold.hold_id}")).json()

    assert page["journey"]["stage"] == "CONNECTED"
