"""A supervisor's hand: agents' states, and waiting calls moved to other teams (SB.3.3, SD.4)."""

from typing import Any

from services.videocall.tests.world import Agent, World, in_call, ringing, waiting
from sqlalchemy import text


def manager(world: World, region: str = "KV2") -> Agent:
    return world.agent(region, role="region_manager")


async def force(by: Agent, agent: Agent, state: str, **reason: str) -> int:
    path = f"/v1/desk/agents/{agent.id}/state"
    return (await by.http.put(path, json={"state": state} | reason)).status_code


async def move(by: Agent, call_id: str, team: str) -> Any:
    return await by.http.post(f"/v1/desk/calls/{call_id}/move", json={"team": team})


async def logged(world: World) -> tuple[list[str], list[str]]:
    """Read the access log, and the chain of all calls."""
    async with world.db.transaction() as tx:
        looks = await tx.scalars(text("select what from access_log order by id"))
        events = await tx.scalars(text("select kind from call_event order by call_id, seq"))
        return list(looks), list(events)


async def test_an_agent_who_is_made_available_is_offered_a_call_at_once(world: World) -> None:
    customer, agent = await waiting(world), world.agent()
    await agent.http.get("/v1/desk/queue")

    assert await force(manager(world), agent, "AVAILABLE") == 204

    assert (await agent.offer() or {})["call_id"] == customer.call_id


async def test_a_forced_state_follows_the_call_in_hand_and_is_written_down(world: World) -> None:
    _, agent = await in_call(world)
    supervisor = manager(world)

    assert await force(supervisor, agent, "BREAK", reason_code="MEETING") == 204
    assert await force(supervisor, agent, "BREAK", reason_code="MEETING") == 204

    shift = (await agent.http.get("/v1/desk/shift")).json()
    assert (shift["state"], shift["next_state"], shift["next_reason"]) == (
        "BUSY",
        "BREAK",
        "MEETING",
    )
    [edit] = (await supervisor.http.get("/v1/staff/call-edits")).json()["items"]
    assert (edit["what"], edit["subject"]) == ("AGENT_STATE", str(agent.id))
    assert (edit["before"]["next_state"], edit["after"]["next_state"]) == (None, "BREAK")


async def test_another_regions_agent_is_not_there(world: World) -> None:
    _, agent = await in_call(world)

    assert await force(manager(world, "KV5"), agent, "OFFLINE") == 404
    assert await force(world.agent(role="auditor"), agent, "OFFLINE") == 403


async def test_a_moved_call_keeps_its_place_and_waits_for_the_other_team(world: World) -> None:
    supervisor = manager(world)
    signer = world.agent()
    await signer.http.get("/v1/desk/queue")
    customer, behind = await waiting(world), await world.customer()
    await world.hear(behind.routed(team="KV2-SIGN"))
    await behind.call()
    await supervisor.http.put(f"/v1/desk/teams/KV2-SIGN/agents/{signer.id}")

    answer = await move(supervisor, customer.call_id, "KV2-SIGN")

    assert (answer.status_code, answer.json()["team"]) == (200, "KV2-SIGN")
    await signer.is_in("AVAILABLE")
    assert (await signer.offer() or {})["call_id"] == customer.call_id
    looks, events = await logged(world)
    assert looks == ["CALL:MOVE"]
    assert events.count("MOVED") == 1
    assert (await move(supervisor, customer.call_id, "KV2-SIGN")).status_code == 200
    assert (await logged(world))[1].count("MOVED") == 1


async def test_a_call_that_rings_is_moved_away_from_the_desk(world: World) -> None:
    customer, agent, _ = await ringing(world)
    await world.hear((await world.customer(ready=False)).routed(team="KV2-SIGN"))

    assert (await move(manager(world), customer.call_id, "KV2-SIGN")).status_code == 200

    offer = await agent.offer()
    assert offer is None or offer["team"] == "KV2-SIGN"


async def test_calls_are_moved_within_the_own_regions_and_while_they_wait(world: World) -> None:
    await world.customer(region="KV5")
    customer, agent = await in_call(world)

    assert (await move(manager(world, "KV5"), customer.call_id, "KV5-CALL")).status_code == 404
    assert (await move(manager(world), customer.call_id, "KV5-CALL")).status_code == 404
    held = await move(manager(world), customer.call_id, "KV2-CALL")
    assert (held.status_code, held.json()["type"]) == (409, "/problems/call-moved")
    assert agent
