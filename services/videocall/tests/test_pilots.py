"""The pilot: video calls are offered region by region, and no switch is a dead end (G40)."""

from typing import Any

import httpx
import pytest
from services.videocall.tests.world import World

REGIONS = "/v1/staff/video-regions"


async def switch(world: World, region: str = "KV2", **body: Any) -> httpx.Response:
    head_office = world.agent("ALL", role="admin")
    return await head_office.http.put(f"{REGIONS}/{region}", json=body)


async def test_where_calls_are_not_offered_the_customer_is_sent_to_a_store(world: World) -> None:
    customer = await world.customer()
    assert (await switch(world, offered=False)).status_code == 204

    refused = await customer.call()

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/not-in-pilot")
    assert (refused.json()["repeat"], refused.json()["region"]) == ("STORE", "KV2")
    slots = await customer.http.get(f"/v1/appointments/by-hold/{customer.hold_id}/slots")
    assert slots.json()["type"] == "/problems/not-in-pilot"
    assert (await switch(world, offered=True)).status_code == 204
    assert (await customer.call()).status_code == 201


async def test_a_substitute_answers_calls_and_books_appointments(world: World) -> None:
    await world.customer(region="KV3")
    customer = await world.customer()
    await switch(world, offered=False, substitute="KV3-CALL")

    assert (await customer.call()).status_code == 201

    assert (await world.agent("KV2").next()).status_code == 204
    agent = world.agent("KV3")
    answered = await agent.next()
    assert (answered.json()["call_id"], answered.json()["team"]) == (customer.call_id, "KV3-CALL")
    await agent.do("technical")
    slots = await customer.http.get(f"/v1/appointments/by-hold/{customer.hold_id}/slots")
    assert slots.status_code == 200


async def test_who_waits_or_was_promised_an_answer_gets_it(world: World) -> None:
    """The switch is for calls that begin after it."""
    waiting, cut_off = await world.customer(), await world.customer()
    await cut_off.call()
    agent = world.agent()
    await agent.next()
    await agent.do("technical")
    await waiting.call()

    await switch(world, offered=False)

    assert (await waiting.look())["status"] == "QUEUED"
    assert (await cut_off.call()).status_code == 201
    await world.hear(waiting.routed(team="KV2-NEW"))
    assert (await waiting.look())["status"] == "QUEUED"


@pytest.mark.parametrize(
    ("substitute", "problem"),
    [("KV2-CALL", "no-substitute"), ("NOBODY", "no-substitute"), ("KV5-CALL", "no-substitute")],
)
async def test_a_substitute_is_a_team_of_another_region_that_answers(
    world: World, substitute: str, problem: str
) -> None:
    for region in ("KV2", "KV5"):
        await world.customer(region=region)
    await switch(world, "KV5", offered=False)

    answer = await switch(world, offered=False, substitute=substitute)

    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{problem}")


async def test_a_region_that_answers_for_another_is_not_switched_off(world: World) -> None:
    await world.customer(region="KV3")
    await switch(world, offered=False, substitute="KV3-CALL")

    refused = await switch(world, "KV3", offered=False)

    assert (refused.status_code, refused.json()["for_regions"]) == (409, ["KV2"])


async def test_head_office_alone_switches_and_each_switch_is_written_down(world: World) -> None:
    manager = world.agent("KV2", role="region_manager")
    assert (await manager.http.put(f"{REGIONS}/KV2", json={"offered": False})).status_code == 403
    await switch(world, offered=False)

    shown = (await manager.http.get(REGIONS)).json()

    assert [(row["region"], row["offered"]) for row in shown["items"]] == [("KV2", False)]
    assert not shown["may_change"]
    [edit] = (await manager.http.get("/v1/staff/call-edits")).json()["items"]
    assert (edit["what"], edit["subject"]) == ("PILOT", "KV2")
    assert edit["before"] == {"offered": True, "substitute": None}
    assert edit["after"] == {"offered": False, "substitute": None}
