"""The queue tells the truth: who is in it, in which order, and what becomes of them (G26, SD.1)."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest
from services.videocall.tests.world import Agent, Customer, World, in_call, waiting

from events.ids import uuid7
from kit.testing import facts, published
from kit.uptime import STANDSTILL_SECONDS

if TYPE_CHECKING:
    from events import VideoCallRetryNeeded

SILENT, SOON = timedelta(seconds=21), timedelta(seconds=19)


async def manager_of(world: World, customer: Customer) -> Agent:
    manager = world.agent("KV2", role="region_manager")
    manager.call_id = customer.call_id
    return manager


async def test_a_caller_who_is_silent_for_20_seconds_is_no_longer_in_the_queue(
    world: World,
) -> None:
    silent, there = await waiting(world), await waiting(world)
    world.move_clock(SILENT)

    assert (await there.look())["position"] == 1
    queue = (await world.agent().http.get("/v1/desk/queue")).json()
    assert ([item["call_id"] for item in queue["items"]], queue["waiting"]) == ([there.call_id], 1)
    assert (await world.agent().next()).json()["call_id"] == there.call_id
    assert await world.tick() == 1
    assert await published(world.db) == [
        *["VideoCallQueued"] * 2,
        "VideoCallStarted",
        "VideoCallAbandoned",
    ]
    assert (await silent.look())["status"] == "ABANDONED"


async def test_whoever_asks_keeps_the_place(world: World) -> None:
    first, _ = await waiting(world), await waiting(world)
    for times in range(1, 4):
        world.move_clock(SOON * times)
        assert (await first.look())["position"] == 1

    assert await world.tick() == 1, "only the other one was silent"
    assert (await world.agent().next()).json()["call_id"] == first.call_id


async def test_nobody_is_called_silent_for_a_time_in_which_nobody_could_be_heard(
    world: World,
) -> None:
    """The service was away for a minute: callers and agents get their time to be heard again."""
    await in_call(world)
    customer = await waiting(world)
    world.move_clock(timedelta(minutes=2))
    world.restart()

    assert await world.tick() == 0
    assert (await customer.look())["position"] == 1


async def test_nobody_is_called_silent_for_a_time_in_which_the_database_was_away(
    world: World,
) -> None:
    """The replica is the same as before, and heard nobody meanwhile."""
    await in_call(world)
    gone, there = await waiting(world), await waiting(world)
    world.move_clock(timedelta(minutes=2))
    world.seconds += STANDSTILL_SECONDS + 1

    assert await world.tick() == 0
    assert await world.tick() == 0
    world.move_clock(timedelta(minutes=2) + SILENT)
    assert (await there.look())["status"] == "QUEUED"
    assert await world.tick() == 1, "this one was not heard of since"
    assert (await gone.look())["status"] == "ABANDONED"


async def test_who_leaves_and_calls_again_goes_to_the_end(world: World) -> None:
    leaver, other = await waiting(world), await waiting(world)
    await leaver.leave()

    assert (await leaver.call()).json()["position"] == 2
    assert (await world.agent().next()).json()["call_id"] == other.call_id


async def test_who_went_away_in_the_agents_eyes_goes_to_the_end(world: World) -> None:
    customer, agent = await in_call(world)
    await waiting(world)

    await agent.do("technical", reason_code="CUSTOMER_LEFT")

    assert (await customer.call()).json()["position"] == 2


@pytest.mark.parametrize(("after", "position"), [(9, 1), (11, 2)])
async def test_the_place_of_a_call_that_ended_by_nobodys_fault_is_kept_ten_minutes(
    world: World, after: int, position: int
) -> None:
    customer, agent = await in_call(world)
    await agent.do("technical", reason_code="POOR_NETWORK")
    other = await waiting(world)
    kept = (await customer.look())["place_kept_until"]
    world.move_clock(timedelta(minutes=after))
    await other.look()

    assert kept is not None
    assert (await customer.call()).json()["position"] == position


async def test_an_agent_who_vanished_frees_the_call(world: World) -> None:
    customer, agent = await in_call(world)
    await agent.examines()
    other = await waiting(world)
    world.move_clock(timedelta(seconds=61))
    await other.look()

    assert await world.tick() == 1

    ended = cast("VideoCallRetryNeeded", (await facts(world.db))[-1])
    assert ended.reason_code == "AGENT_LOST"
    assert (await customer.look())["status"] == "RETRY_NEEDED"
    assert (await customer.call()).json()["position"] == 1
    assert (await agent.approve()).status_code == 409
    assert (await world.agent().next()).json()["hold_id"] == str(customer.hold_id)


async def test_an_agent_who_is_still_there_keeps_the_call(world: World) -> None:
    customer, agent = await in_call(world)
    for times in range(1, 4):
        world.move_clock(timedelta(seconds=55) * times)
        assert (await agent.http.get(f"/v1/desk/calls/{agent.call_id}")).status_code == 200
        assert await world.tick() == 0
    assert (await customer.look())["status"] == "IN_CALL"


async def test_of_an_agent_who_comes_back_and_the_clock_one_wins(world: World) -> None:
    """An approval and a freed call never both: the call's row decides."""
    for _ in range(5):
        world.move_clock(timedelta())
        customer, agent = await in_call(world)
        await agent.examines()
        world.move_clock(timedelta(seconds=61))
        answer, *_ = await asyncio.gather(agent.approve(), world.tick(), world.tick())
        status = (await customer.look())["status"]
        expected = {"APPROVED": 200, "RETRY_NEEDED": 409}
        assert answer.status_code == expected[status]
    said = Counter(await published(world.db))
    assert said["VideoCallApproved"] + said["VideoCallRetryNeeded"] == 5


async def test_of_a_caller_who_leaves_and_an_agent_who_answers_one_is_first(world: World) -> None:
    for _ in range(6):
        customer, agent = await waiting(world), world.agent()
        answered, left = await asyncio.gather(agent.next(), customer.leave())
        assert left.status_code == 200
        assert answered.status_code in (200, 204, 409)  # it may leave between its ring and the word
        assert (await customer.look())["status"] == "ABANDONED"
        if answered.status_code == 200:
            assert (await agent.approve()).status_code == 409
    assert "VideoCallApproved" not in await published(world.db)


async def test_agents_of_a_team_answer_their_team_only(world: World) -> None:
    """SD.4: two teams of one region do not take each other's calls."""
    centre, airport = await world.customer(), await world.customer()
    await world.hear(airport.routed(team="KV2-AIRPORT"))
    await centre.call()
    await airport.call()
    agent, helper = world.agent(), world.agent()
    manager = await manager_of(world, centre)
    path = f"/v1/desk/teams/KV2-AIRPORT/agents/{agent.id}"
    assert (await manager.http.put(path)).status_code == 404, "nobody has seen this agent yet"
    await agent.http.get("/v1/desk/queue")
    foreign = world.agent("KV3", role="region_manager")
    assert (await foreign.http.put(path)).status_code == 404
    assert [(await manager.http.put(path)).status_code for _ in range(2)] == [204] * 2

    queue = (await agent.http.get("/v1/desk/queue")).json()

    assert [item["call_id"] for item in queue["items"]] == [airport.call_id]
    assert (await airport.look())["position"] == 1
    assert (await agent.next()).json()["call_id"] == airport.call_id
    await agent.do("reject", reason_code="CALL_QUALITY")
    assert (await agent.next()).status_code == 204
    assert (await helper.next()).json()["call_id"] == centre.call_id
    teams = (await manager.http.get("/v1/desk/teams")).json()["items"]
    assert teams == [{"team": "KV2-AIRPORT", "agents": [str(agent.id)]}]
    await waiting(world)
    assert (await manager.http.delete(path)).status_code == 204
    assert (await agent.next()).status_code == 200


async def test_who_waits_too_long_for_a_team_is_offered_to_the_whole_region(world: World) -> None:
    """SD.4: a team without agents at the desk is no dead end; another region's agents stay out."""
    customer = await waiting(world)
    agent, foreign = world.agent(), world.agent("KV3")
    manager = await manager_of(world, customer)
    await agent.http.get("/v1/desk/queue")
    await manager.http.put(f"/v1/desk/teams/KV2-AIRPORT/agents/{agent.id}")
    for minutes in range(1, 6):
        assert (await agent.next()).status_code == 204
        world.move_clock(timedelta(minutes=minutes))
        await customer.look()

    assert (await foreign.next()).status_code == 204
    assert (await agent.next()).json()["call_id"] == customer.call_id


@pytest.mark.parametrize("role", ["call_agent", "connection_officer", "auditor"])
async def test_only_supervisors_say_who_answers_for_whom(world: World, role: str) -> None:
    staff = world.agent("KV2", role=role)
    path = f"/v1/desk/teams/KV2/agents/{uuid7()}"

    answers = [
        await staff.http.put(path),
        await staff.http.delete(path),
        await staff.http.get("/v1/desk/teams"),
    ]

    assert [a.status_code for a in answers] == [403] * 3


async def test_a_supervisor_frees_a_call_that_is_going_nowhere(world: World) -> None:
    customer, agent = await in_call(world)
    await waiting(world)
    manager = await manager_of(world, customer)

    answers = [await manager.do("release") for _ in range(2)]

    assert [a.json()["status"] for a in answers] == ["RETRY_NEEDED"] * 2
    assert (await published(world.db)).count("VideoCallRetryNeeded") == 1
    assert (await agent.approve()).status_code == 409
    assert (await customer.call()).json()["position"] == 1
    assert (await agent.do("release")).status_code == 403
    manager.call_id = customer.call_id
    assert (await manager.do("release")).status_code == 409, "nobody has it in hand"
