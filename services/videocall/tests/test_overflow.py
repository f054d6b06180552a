"""Overflow by rules that supervisors set: where, after how long, open or closed (SD.4)."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from services.videocall.tests.world import Agent, Customer, World, waiting

from events.ids import uuid7

RULES = "/v1/staff/overflow-rules"
NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)


async def add(by: Agent, seconds: int = 30, **more: Any) -> Any:
    body = {"from_team": "KV2-CALL", "to_region": "KV3", "after_seconds": seconds} | more
    return await by.http.post(RULES, json=body)


def head_office(world: World) -> Agent:
    return world.agent("ALL", role="region_manager")


async def pass_time(world: World, customer: Customer, seconds: int) -> None:
    """Let a customer wait on, asking all the while."""
    for waited in (*range(15, seconds, 15), seconds):
        world.set_clock(NOON + timedelta(seconds=waited))
        await customer.look()


async def test_a_call_overflows_into_another_region_once_it_has_waited(world: World) -> None:
    """The whole call is answered there; the order stays where it was routed."""
    world.set_clock(NOON)
    customer, abroad = await waiting(world), world.agent("KV3")
    await add(head_office(world))
    await abroad.is_in("AVAILABLE")
    await world.tick()
    assert await abroad.offer() is None

    await pass_time(world, customer, 31)
    await abroad.http.get("/v1/desk/queue")
    await world.tick()

    offer = await abroad.offer()
    assert offer
    assert (offer["call_id"], offer["region"]) == (customer.call_id, "KV2")
    assert (await abroad.answers("accept", offer)).status_code == 200
    await abroad.examines()
    assert (await abroad.http.get(f"/v1/desk/calls/{customer.call_id}")).status_code == 200
    assert (await abroad.approve()).status_code == 200


async def test_own_callers_come_before_those_who_overflow(world: World) -> None:
    world.set_clock(NOON)
    late = await waiting(world)
    await add(head_office(world))
    own = await world.customer(region="KV3")
    await pass_time(world, late, 31)
    await own.call()
    agent = world.agent("KV3")
    await agent.is_in("AVAILABLE")

    await world.tick()

    assert (await agent.offer() or {})["call_id"] == own.call_id


async def test_a_closed_rule_sends_nobody_and_an_open_one_at_once(world: World) -> None:
    world.set_clock(NOON)
    customer = await waiting(world)
    supervisor = head_office(world)
    rule_id = (await add(supervisor, 0)).json()["rule_id"]
    abroad = world.agent("KV3")
    await supervisor.http.put(f"{RULES}/{rule_id}", json={"after_seconds": 0, "open": False})
    await abroad.is_in("AVAILABLE")
    await world.tick()
    assert await abroad.offer() is None

    own = world.agent("KV2", role="region_manager")
    opened = await own.http.put(f"{RULES}/{rule_id}", json={"after_seconds": 0, "open": True})
    await world.tick()

    assert opened.status_code == 204
    assert (await abroad.offer() or {})["call_id"] == customer.call_id


async def test_a_rule_to_one_team_is_for_its_agents(world: World) -> None:
    world.set_clock(NOON)
    await world.customer(region="KV3")
    customer = await waiting(world)
    supervisor = head_office(world)
    assert (await add(supervisor, 0, to_team="KV3-CALL")).status_code == 201
    of_team, other = world.agent("KV3"), world.agent("KV3")
    for agent, team in ((of_team, "KV3-CALL"), (other, "KV3-SIGN")):
        await agent.http.get("/v1/desk/queue")
        path = f"/v1/desk/teams/{team}/agents/{agent.id}"
        assert (await supervisor.http.put(path)).status_code == 204
        await agent.is_in("AVAILABLE")

    await world.tick()

    assert await other.offer() is None
    assert (await of_team.offer() or {})["call_id"] == customer.call_id


async def test_of_racing_sweeps_and_answers_no_call_rings_twice(world: World) -> None:
    """Two regions overflow into each other while customers call and agents become free."""
    for region, other in (("KV2", "KV3"), ("KV3", "KV2")):
        await world.customer(region=region)  # type: ignore[arg-type]
        rule = {"from_team": f"{region}-CALL", "to_region": other, "after_seconds": 0}
        assert (await head_office(world).http.post(RULES, json=rule)).status_code == 201
    for _ in range(6):
        customers = [await world.customer(region=("KV2", "KV3")[n % 2]) for n in range(6)]
        agents = [world.agent("KV2") for _ in range(5)] + [world.agent("KV3")]
        ready = (agent.is_in("AVAILABLE") for agent in agents)
        ticks = (world.tick() for _ in range(3))
        await asyncio.gather(*(customer.call() for customer in customers), *ready, *ticks)
        await world.tick()

        offers = [await agent.offer() for agent in agents]

        assert len({offer["call_id"] for offer in offers if offer}) == 6
        for agent, offer in zip(agents, offers, strict=True):
            assert offer
            assert (await agent.answers("accept", offer)).status_code == 200
            await agent.is_in("OFFLINE")
            await agent.do("technical")


async def test_a_team_begins_with_overflow_within_its_region_after_five_minutes(
    world: World,
) -> None:
    await world.customer()

    items = (await world.agent(role="region_manager").http.get(RULES)).json()["items"]
    [rule] = [row for row in items if row["from_team"] == "KV2-CALL"]

    assert (rule["from_team"], rule["to_region"], rule["to_team"]) == ("KV2-CALL", "KV2", None)
    assert (rule["after_seconds"], rule["open"], rule["changed_by"]) == (300, True, None)


async def test_rules_are_the_regions_own_and_head_offices_into_others(world: World) -> None:
    await world.customer()
    own, stranger = (world.agent(region, role="region_manager") for region in ("KV2", "KV5"))

    assert (await add(own)).status_code == 403
    assert (await add(stranger)).status_code == 404
    made = await add(head_office(world))
    assert (await add(head_office(world))).status_code == 409
    rule = f"{RULES}/{made.json()['rule_id']}"
    change = {"after_seconds": 60, "open": True}
    assert (await stranger.http.put(rule, json=change)).status_code == 404
    assert (await own.http.put(f"{RULES}/{uuid7()}", json=change)).status_code == 404
    assert (await own.http.put(rule, json=change)).status_code == 204
    assert (await own.http.delete(rule)).status_code == 204
    edits = (await own.http.get("/v1/staff/call-edits")).json()["items"]
    assert [(edit["what"], (edit["after"] or {}).get("after_seconds")) for edit in edits] == [
        ("OVERFLOW", None),
        ("OVERFLOW", 60),
        ("OVERFLOW", 30),
    ]


@pytest.mark.parametrize("to_team", ["KV2-CALL", "NOBODY"])
async def test_calls_overflow_to_a_team_that_there_is(world: World, to_team: str) -> None:
    await world.customer()

    answer = await add(head_office(world), to_region="KV2", to_team=to_team)

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/overflows-nowhere")
