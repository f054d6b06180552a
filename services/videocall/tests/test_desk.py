"""The agents' desk: who answers whom, and what they see (P5.1, SB.3.3a, SD.1, SD.2)."""

import asyncio

import pytest
from services.videocall.tests.world import World, in_call, waiting
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from kit.testing import published


async def test_nobody_waits_for_a_call_that_another_agent_is_just_taking(
    world: World,
) -> None:
    """A slow agent holds up nobody: the next agent takes the next call."""
    first, second = await waiting(world), await waiting(world)

    async with world.db.transaction() as slow:
        await slow.execute(
            text("select 1 from call where id = :id for update"), {"id": first.call_id}
        )
        async with asyncio.timeout(10):
            answer = await world.agent().next()

    assert answer.json()["call_id"] == second.call_id


async def test_the_first_to_come_is_the_first_to_be_answered(world: World) -> None:
    customers = [await waiting(world) for _ in range(3)]

    answered = [(await world.agent().next()).json()["hold_id"] for _ in range(3)]

    assert answered == [str(c.hold_id) for c in customers]
    assert (await world.agent().next()).status_code == 204


@pytest.mark.parametrize("calls", [1, 3])
async def test_of_many_agents_racing_for_few_calls_each_call_has_one(
    world: World, calls: int
) -> None:
    for _ in range(calls):
        await waiting(world)
    agents = [world.agent() for _ in range(12)]

    answers = await asyncio.gather(*(agent.next() for agent in agents))

    assert sorted(a.status_code for a in answers) == [200] * calls + [204] * (12 - calls)
    assert len({agent.call_id for agent in agents if agent.call_id}) == calls
    assert (await published(world.db)).count("VideoCallStarted") == calls


async def test_an_agent_in_a_hurry_still_has_one_call_in_hand(world: World) -> None:
    for _ in range(4):
        await waiting(world)
    agent = world.agent()
    await asyncio.gather(*(agent.is_in("AVAILABLE") for _ in range(8)))
    offer = await agent.offer()
    assert offer

    answers = await asyncio.gather(*(agent.answers("accept", offer) for _ in range(8)))

    assert {a.status_code for a in answers} == {200}
    assert len({a.json()["call_id"] for a in answers}) == 1
    assert (await published(world.db)).count("VideoCallStarted") == 1


async def test_the_database_itself_allows_an_agent_one_call(world: World) -> None:
    _, agent = await in_call(world)
    other = await waiting(world)

    with pytest.raises(IntegrityError, match="one_call_in_hand_per_agent"):
        async with world.db.transaction() as tx:
            await tx.execute(
                text("update call set status = 'IN_CALL', agent_id = :agent where id = :id"),
                {"agent": agent.id, "id": other.call_id},
            )


async def test_agents_answer_only_their_regions_and_see_nothing_of_others(
    world: World,
) -> None:
    customer, _ = await in_call(world)
    await waiting(world)
    stranger = world.agent("KV1")
    stranger.call_id = customer.call_id

    queue = await stranger.http.get("/v1/desk/queue")
    answers = [
        await stranger.http.get(f"/v1/desk/calls/{customer.call_id}"),
        await stranger.photograph("FRONT"),
        await stranger.approve(),
        await stranger.do("reject", reason_code="CALL_QUALITY"),
        await stranger.do("drop"),
        await stranger.do("technical"),
    ]

    assert (queue.json()["items"], queue.json()["waiting"]) == ([], 0)
    assert (await stranger.next()).status_code == 204
    assert [a.status_code for a in answers] == [404] * 6


async def test_head_office_answers_every_region(world: World) -> None:
    customer = await world.customer(region="KV7")
    await customer.call()

    answer = await world.agent("ALL").next()

    assert answer.json()["hold_id"] == str(customer.hold_id)


async def test_a_colleague_cannot_decide_anothers_call(world: World) -> None:
    customer, _ = await in_call(world)
    colleague = world.agent()
    colleague.call_id = customer.call_id

    answers = [
        await colleague.photograph("FRONT"),
        await colleague.approve(),
        await colleague.do("reject", reason_code="CALL_QUALITY"),
        await colleague.do("drop"),
        await colleague.do("technical"),
    ]

    assert [a.status_code for a in answers] == [403] * 5


@pytest.mark.parametrize("role", ["connection_officer", "osp_staff", "region_manager"])
async def test_only_call_agents_answer(world: World, role: str) -> None:
    assert (await world.agent("KV2", role=role).next()).status_code == 403


async def test_customers_have_no_desk(world: World) -> None:
    customer = await waiting(world)

    assert (await customer.http.get("/v1/desk/queue")).status_code == 403


async def test_the_queue_shows_no_person(world: World) -> None:
    """The desk reads the case from kyc; here are only ids."""
    customer = await waiting(world)

    queue = (await world.agent().http.get("/v1/desk/queue")).json()

    [item] = queue["items"]
    assert set(item) == {
        "call_id",
        "hold_id",
        "region",
        "team",
        "queued_at",
        "waited_seconds",
        "returning",
        "sim",
        "earlier_calls",
        "earlier_rejections",
        "missed_offers",
        "appointment_at",
    }
    assert (item["hold_id"], queue["waiting"]) == (str(customer.hold_id), 1)
