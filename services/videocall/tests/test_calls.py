"""The customer's side of the call (F5a.8, F5b.7, P1.5, P3.5, SD.1, G33)."""

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from services.videocall.tests.world import World

from events import ConnectionCompleted, VideoCallQueued
from events.ids import uuid7
from kit import clock
from kit.testing import client, facts, published, token_for

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


async def test_a_customer_who_passed_waits_for_their_region(world: World) -> None:
    """F5a.8, F5b.7: from here both flows are one."""
    customer = await world.customer()

    answer = await customer.call()

    assert (answer.status_code, answer.json()["status"]) == (201, "QUEUED")
    assert answer.json()["position"] == 1
    assert answer.json()["wait_to_seconds"] > 0
    [queued] = await facts(world.db)
    assert isinstance(queued, VideoCallQueued)
    assert (queued.region, queued.team) == ("KV2", "KV2-CALL")


async def test_calling_again_while_waiting_keeps_the_place(world: World) -> None:
    customer = await world.customer()

    answers = await asyncio.gather(*(customer.call() for _ in range(10)))

    assert len({a.json()["call_id"] for a in answers}) == 1
    assert await published(world.db) == ["VideoCallQueued"]


async def test_nobody_calls_before_the_check_and_the_routing(world: World) -> None:
    """P3.4 comes before P3.5."""
    customer = await world.customer(ready=False)
    await world.hear(customer.created())

    answer = await customer.call()

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-ready")
    assert answer.json()["waiting_for"] == ["KycPassed", "OrderRouted"]


async def test_a_check_that_is_being_repeated_is_not_passed(world: World) -> None:
    """Only the newest attempt counts."""
    customer = await world.customer()
    await world.hear(customer.submitted(attempt=2))
    assert (await customer.call()).json()["waiting_for"] == ["KycPassed"]

    await world.hear(customer.passed(attempt=2))

    assert (await customer.call()).status_code == 201


async def test_a_check_older_than_72_hours_needs_the_face_again(world: World) -> None:
    customer = await world.customer()
    world.move_clock(timedelta(hours=72, seconds=1))

    answer = await customer.call()

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/check-too-old")
    assert answer.json()["repeat"] == "PHOTO"
    await world.hear(customer.passed(attempt=2))
    assert (await customer.call()).status_code == 201


async def test_a_hold_whose_news_is_on_its_way_is_not_called_unknown(world: World) -> None:
    """F5b.7: whoever is quicker than the news is told to ask again."""
    async with client(world.app, token_for(world.keys)) as early:
        answer = await early.post("/v1/calls", json={"hold_id": str(uuid7())})

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-heard-yet")


async def test_another_persons_call_looks_like_none(world: World) -> None:
    customer = await world.customer()
    await customer.call()
    url = f"/v1/calls/{customer.call_id}"

    async with client(world.app, token_for(world.keys)) as stranger:
        answers = [
            await stranger.post("/v1/calls", json={"hold_id": str(customer.hold_id)}),
            await stranger.get(url),
            await stranger.get(f"/v1/calls/by-hold/{customer.hold_id}"),
            await stranger.post(f"{url}/leave"),
            await stranger.post(f"{url}/return"),
        ]

    assert [a.status_code for a in answers] == [404] * 5
    assert (await customer.look())["status"] == "QUEUED"


async def test_bad_bodies_are_problems(world: World) -> None:
    customer = await world.customer()

    answers = [
        await customer.http.post("/v1/calls", json={"hold_id": "nonsense"}),
        await customer.http.post("/v1/calls"),
        await customer.http.get("/v1/calls/nonsense"),
    ]

    assert [a.status_code for a in answers] == [422] * 3
    assert {a.headers["content-type"] for a in answers} == {"application/problem+json"}


async def test_the_place_in_the_queue_is_the_order_of_answering(world: World) -> None:
    """Three wait; two agents are at the desk."""
    customers = [await world.customer() for _ in range(3)]
    for customer in customers:
        await customer.call()
    elsewhere = await world.customer(region="KV1")
    await elsewhere.call()

    assert [(await c.look())["position"] for c in customers] == [1, 2, 3]
    assert (await elsewhere.look())["position"] == 1
    agent = world.agent()
    await agent.next()
    assert [(await c.look())["position"] for c in customers] == [None, 1, 2]
    alone = (await customers[2].look())["wait_to_seconds"]
    await world.agent().next()
    assert (await customers[2].look())["wait_to_seconds"] < alone


async def test_leaving_frees_the_place_and_is_said_once(world: World) -> None:
    customer = await world.customer()
    await customer.call()

    answers = [await customer.leave() for _ in range(2)]

    assert [a.json()["status"] for a in answers] == ["ABANDONED"] * 2
    assert await published(world.db) == ["VideoCallQueued", "VideoCallAbandoned"]
    assert (await world.agent().next()).status_code == 204
    again = await customer.call()
    assert (again.status_code, again.json()["status"]) == (201, "QUEUED")


async def test_a_hold_that_is_gone_ends_the_call(world: World) -> None:
    customer = await world.customer()
    await customer.call()
    agent = world.agent()
    await agent.next()
    gone = customer.released()

    await world.hear(gone, gone)

    assert (await customer.look())["status"] == "ABANDONED"
    assert (await agent.approve()).status_code == 409
    again = await customer.call()
    assert (again.status_code, again.json()["type"]) == (409, "/problems/journey-closed")


async def test_a_connected_subscriber_needs_no_call(world: World) -> None:
    customer = await world.customer()
    now = clock.now()
    await world.hear(
        ConnectionCompleted(
            occurred_at=now,
            hold_id=customer.hold_id,
            number_id=uuid7(),
            connection_id=uuid7(),
            officer_id=uuid7(),
            connected_at=now,
        )
    )

    answer = await customer.call()

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/already-connected")


@pytest.mark.parametrize("always_open", [False])
async def test_outside_office_hours_the_screen_says_when_the_team_is_back(world: World) -> None:
    """SD.1, G33: Saturday noon in Hanoi."""
    world.set_clock(datetime(2026, 11, 7, 12, 0, tzinfo=HANOI))
    customer = await world.customer()

    answer = await customer.call()

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/out-of-hours")
    assert answer.json()["reason_code"] == "OUT_OF_HOURS"
    opens = datetime.fromisoformat(answer.json()["opens_at"])
    assert opens == datetime(2026, 11, 9, 8, 0, tzinfo=HANOI)
    world.set_clock(opens)
    await world.hear(customer.passed(attempt=2))
    assert (await customer.call()).status_code == 201


@pytest.mark.parametrize("always_open", [False])
async def test_who_was_cut_off_may_call_until_closing(world: World) -> None:
    """Technical failures never count against the customer."""
    world.set_clock(datetime(2026, 11, 9, 16, 45, tzinfo=HANOI))
    customer = await world.customer()
    await customer.call()
    agent = world.agent()
    await agent.next()
    await agent.do("technical", reason_code="POOR_NETWORK")
    late = await world.customer()
    world.set_clock(datetime(2026, 11, 9, 16, 55, tzinfo=HANOI))

    assert (await late.call()).status_code == 409
    assert (await customer.call()).status_code == 201
