"""A call rings at an agent's desk: accepted, declined, missed or withdrawn (SD.1, P3.5, P5.1)."""

import asyncio
from datetime import timedelta

from services.videocall.tests.world import Agent, Customer, World, in_call, ringing, waiting

from kit.testing import published

RUNG_OUT = timedelta(seconds=21)


async def pass_time(world: World, by: timedelta, *present: Customer | Agent) -> None:
    """Let time pass for people who stay at their screens, and run the jobs."""
    world.move_clock(by)
    for person in present:
        await (person.look() if isinstance(person, Customer) else person.offer())
    await world.tick()


async def state_of(agent: Agent) -> tuple[str, str | None]:
    shift = (await agent.http.get("/v1/desk/shift")).json()
    return shift["state"], shift["reason_code"]


async def test_a_call_rings_for_twenty_seconds_and_is_accepted(world: World) -> None:
    customer, agent, offer = await ringing(world)

    seen = await customer.look()
    accepted = await agent.answers("accept", offer)

    assert (seen["status"], seen["position"]) == ("OFFERED", 1)
    assert (offer["hold_id"], offer["missed_offers"]) == (str(customer.hold_id), 0)
    assert offer["earlier_rejections"] == 0
    assert accepted.json()["status"] == "IN_CALL"
    assert await state_of(agent) == ("BUSY", None)
    assert await published(world.db) == ["VideoCallQueued", "VideoCallStarted"]
    assert await agent.offer() is None


async def test_a_call_that_nobody_answers_keeps_its_place_and_its_agent_takes_a_break(
    world: World,
) -> None:
    """The agent ends the break by a press; until then nothing rings there."""
    customer, agent, offer = await ringing(world)
    behind, colleague = await waiting(world), world.agent()
    world.move_clock(RUNG_OUT)
    late = await agent.answers("accept", offer)

    await pass_time(world, RUNG_OUT, customer, behind)

    assert (late.status_code, late.json()["type"]) == (409, "/problems/offer-over")
    assert await state_of(agent) == ("BREAK", "MISSED")
    assert ((await customer.look())["position"], (await behind.look())["position"]) == (1, 2)
    await colleague.is_in("AVAILABLE")
    rings = await colleague.offer()
    assert rings
    assert (rings["call_id"], rings["missed_offers"]) == (customer.call_id, 1)
    await agent.is_in("AVAILABLE")
    assert (await agent.offer() or {})["call_id"] == behind.call_id


async def test_a_declined_call_rings_elsewhere_and_comes_back_after_a_minute(world: World) -> None:
    customer, agent, offer = await ringing(world)

    assert (await agent.answers("decline", offer)).status_code == 204
    assert await agent.offer() is None
    assert (await state_of(agent), (await customer.look())["position"]) == (("AVAILABLE", None), 1)
    for seconds in (15, 30, 45):
        await pass_time(world, timedelta(seconds=seconds), customer, agent)
        assert await agent.offer() is None
    await pass_time(world, timedelta(seconds=62), customer, agent)

    assert (await agent.offer() or {})["call_id"] == customer.call_id


async def test_who_declines_queues_behind_the_other_agents(world: World) -> None:
    _, agent, offer = await ringing(world)
    colleague = world.agent()
    await colleague.is_in("AVAILABLE")

    await agent.answers("decline", offer)
    assert (await colleague.offer() or {})["call_id"] == offer["call_id"]
    await colleague.answers("decline", await colleague.offer() or {})
    third = await waiting(world)

    assert (await agent.offer() or {})["call_id"] == third.call_id


async def test_a_call_that_three_agents_missed_is_shown_to_the_supervisor(world: World) -> None:
    customer = await waiting(world)
    for times in range(1, 4):
        agent = world.agent()
        await agent.is_in("AVAILABLE")
        assert (await agent.offer() or {})["missed_offers"] == times - 1
        await agent.answers("decline", await agent.offer() or {})
        await agent.is_in("OFFLINE")

    board = (await world.agent(role="region_manager").http.get("/v1/staff/board")).json()
    queue = (await world.agent(role="region_manager").http.get("/v1/desk/queue")).json()

    assert [row["unanswered"] for row in board["items"]] == [1]
    assert [row["missed_offers"] for row in queue["items"]] == [3]
    assert (await customer.look())["position"] == 1


async def test_who_leaves_while_it_rings_costs_the_agent_nothing(world: World) -> None:
    customer, agent, offer = await ringing(world)
    colleague, other = world.agent(), await world.customer()
    await colleague.is_in("AVAILABLE")

    await customer.leave()

    assert await state_of(agent) == ("AVAILABLE", None)
    assert (await agent.answers("accept", offer)).status_code == 409
    await other.call()
    assert (await agent.offer() or {})["call_id"] == other.call_id, "the turn was kept"


async def test_a_caller_who_is_silent_while_it_rings_is_no_longer_there(world: World) -> None:
    customer, agent, _ = await ringing(world)
    there = await waiting(world)

    await pass_time(world, RUNG_OUT, there)

    assert (await customer.look())["status"] == "ABANDONED"
    assert (await agent.offer() or {}).get("call_id") in (there.call_id, None)


async def test_newer_papers_and_another_route_take_the_call_from_the_desk(world: World) -> None:
    """SD.3: it never rings for a team that is not responsible any more, nor about old papers."""
    customer, agent, offer = await ringing(world)
    await world.hear(customer.routed(region="KV3"))
    assert (await agent.answers("accept", offer)).status_code == 404
    assert await state_of(agent) == ("AVAILABLE", None)
    abroad = world.agent("KV3")
    await abroad.is_in("AVAILABLE")
    offer = await abroad.offer() or {}
    assert offer["call_id"] == customer.call_id

    await world.hear(customer.submitted(attempt=2))

    assert (await customer.look())["reason_code"] == "NEWER_CHECK"
    assert (await abroad.answers("accept", offer)).status_code == 409


async def test_a_word_about_an_older_offer_does_not_count(world: World) -> None:
    """Epochs: the same call at the same desk again is another offer."""
    customer, agent, first = await ringing(world)
    await pass_time(world, RUNG_OUT, customer)
    await agent.is_in("AVAILABLE")
    second = await agent.offer()
    assert second

    stale = [await agent.answers(verb, first) for verb in ("accept", "decline")]
    foreign = await world.agent().answers("accept", second)

    assert second["call_id"] == first["call_id"]
    assert second["epoch"] == first["epoch"] + 1
    assert [answer.status_code for answer in (*stale, foreign)] == [409] * 3
    assert (await agent.answers("accept", second)).status_code == 200


async def test_an_agent_whose_desk_is_silent_is_offline_and_nothing_rings_there(
    world: World,
) -> None:
    agent = world.agent()
    await agent.is_in("AVAILABLE")
    world.move_clock(timedelta(seconds=61))
    customer = await waiting(world)
    assert (await customer.look())["status"] == "QUEUED"

    await world.tick()

    assert (await state_of(agent))[0] == "OFFLINE"


async def test_an_agent_who_vanished_with_a_call_is_offline(world: World) -> None:
    _, agent = await in_call(world)
    world.move_clock(timedelta(seconds=61))
    await world.tick()

    assert (await state_of(agent))[0] == "OFFLINE"


async def test_of_accept_leave_and_time_one_is_first(world: World) -> None:
    for _ in range(5):
        world.move_clock(timedelta())
        customer, agent, offer = await ringing(world)
        world.move_clock(timedelta(seconds=19))
        await customer.look()
        accepting, leaving = agent.answers("accept", offer), customer.leave()
        world.move_clock(timedelta(seconds=20))
        accepted, left, *_ = await asyncio.gather(accepting, leaving, world.tick(), world.tick())

        assert left.status_code == 200
        assert accepted.status_code in (200, 409)
        assert (await customer.look())["status"] == "ABANDONED"
        assert (await state_of(agent))[0] in ("WRAP_UP", "AVAILABLE", "BREAK")
        await agent.is_in("OFFLINE")
