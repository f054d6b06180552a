"""Roles that may look at calls and at the stills of them (SD.2, LAW19)."""

import pytest
from services.videocall.tests.world import Agent, Customer, World, in_call, waiting

from events.ids import uuid7


def reviewer(world: World, role: str, region: str = "KV2") -> Agent:
    return world.agent(region, role=role)


async def approved(world: World) -> tuple[Customer, Agent]:
    customer, agent = await waiting(world), world.agent()
    await agent.answer_and_approve()
    return customer, agent


async def looks(at: Agent | Customer, reader: Agent) -> tuple[int, int]:
    path = f"/v1/desk/calls/{at.call_id}"
    call, still = await reader.http.get(path), await reader.http.get(f"{path}/photos/FACE")
    return call.status_code, still.status_code


async def test_an_agent_sees_the_stills_of_the_call_in_hand_and_no_others(world: World) -> None:
    """Afterwards the call can still be read by its agent, but not the pictures."""
    _, agent = await in_call(world)
    await agent.examines()
    colleague = world.agent()

    assert await looks(agent, agent) == (200, 200)
    assert await looks(agent, colleague) == (403, 403)
    await agent.approve()
    assert await looks(agent, agent) == (200, 403)
    assert await looks(agent, colleague) == (403, 403)


@pytest.mark.parametrize("role", ["region_manager", "auditor", "connection_officer"])
async def test_who_reviews_sees_the_evidence_and_the_look_is_written_down(
    world: World, role: str
) -> None:
    """F5a.13: an officer decides by what the agent saw."""
    customer, _ = await approved(world)
    reader, foreign, auditor = (
        reviewer(world, role),
        reviewer(world, role, "KV3"),
        reviewer(world, "auditor"),
    )

    assert await looks(customer, reader) == (200, 200)
    assert await looks(customer, foreign) == (404, 404)
    log = (await auditor.http.get("/v1/access-log")).json()["items"]
    assert [(look["staff_id"], look["hold_id"], look["what"]) for look in log] == [
        (str(reader.id), str(customer.hold_id), "PHOTO:FACE"),
        (str(reader.id), str(customer.hold_id), "CALL"),
    ]


async def test_an_officer_sees_nothing_of_a_call_that_is_not_decided(world: World) -> None:
    customer, agent = await in_call(world)
    await agent.photograph("FACE")

    assert await looks(customer, reviewer(world, "connection_officer")) == (403, 403)
    assert await looks(customer, reviewer(world, "region_manager")) == (200, 200)


async def test_the_access_log_is_for_auditors_of_the_region_a_page_at_a_time(
    world: World,
) -> None:
    first, _ = await approved(world)
    second, _ = await approved(world)
    manager = reviewer(world, "region_manager")
    for customer in (first, second, second):
        await looks(customer, manager)
    auditor, foreign = reviewer(world, "auditor"), reviewer(world, "auditor", "KV3")
    path = "/v1/access-log"

    pages = [(await auditor.http.get(path, params={"limit": 4})).json()]
    pages += [(await auditor.http.get(path, params={"after": pages[0]["next"]})).json()]
    of_first = (await auditor.http.get(path, params={"hold_id": str(first.hold_id)})).json()
    nobodys = (await auditor.http.get(path, params={"staff_id": str(uuid7())})).json()

    assert [len(page["items"]) for page in pages] == [4, 2]
    assert pages[1]["next"] is None
    assert len({look["id"] for page in pages for look in page["items"]}) == 6
    assert {look["hold_id"] for look in of_first["items"]} == {str(first.hold_id)}
    assert nobodys["items"] == (await foreign.http.get(path)).json()["items"] == []
    assert (await manager.http.get(path)).status_code == 403
    for unknown in (9**30, 2**62):
        assert (await auditor.http.get(path, params={"after": unknown})).status_code == 422
    theirs = await foreign.http.get(path, params={"after": pages[0]["next"]})
    assert theirs.json()["type"].endswith("unknown-cursor")


async def test_who_decides_about_the_order_now_sees_the_call_of_the_team_before(
    world: World,
) -> None:
    """SD.3: the order was routed anew after the call."""
    customer, _ = await approved(world)
    await world.hear(customer.routed("KV3"))

    for role in ("connection_officer", "region_manager"):
        reader = reviewer(world, role, "KV3")
        assert await looks(customer, reader) == (200, 200)
        listed = (await reader.http.get("/v1/desk/calls")).json()["items"]
        assert [call["call_id"] for call in listed] == [customer.call_id]
    assert await looks(customer, reviewer(world, "region_manager")) == (200, 200)
    assert await looks(customer, reviewer(world, "region_manager", "KV5")) == (404, 404)


async def test_a_supervisor_lists_the_revoked_calls(world: World) -> None:
    customer, _ = await approved(world)
    kept, _ = await approved(world)
    manager = reviewer(world, "region_manager")
    manager.call_id = customer.call_id
    await manager.do("revoke", reason_code="AUDIT")

    async def listed(reader: Agent, **params: str) -> list[str]:
        page = (await reader.http.get("/v1/desk/calls", params=params)).json()
        return [call["call_id"] for call in page["items"]]

    assert await listed(manager, status="REVOKED") == [customer.call_id]
    assert await listed(manager, hold_id=str(kept.hold_id)) == [kept.call_id]
    await waiting(world)
    assert len(await listed(manager)) == 3
    assert len(await listed(reviewer(world, "connection_officer"))) == 2
    assert await listed(reviewer(world, "region_manager", "KV3")) == []
    revoked = (await manager.http.get(f"/v1/desk/calls/{customer.call_id}")).json()
    assert revoked["revoked_by"] == str(manager.id)
    assert revoked["revoked_at"]
    path = "/v1/desk/calls"
    first = (await manager.http.get(path, params={"limit": 2})).json()
    second = (await manager.http.get(path, params={"after": first["next"]})).json()
    assert (len(first["items"]), len(second["items"]), second["next"]) == (2, 1, None)
    unknown = await manager.http.get(path, params={"after": str(uuid7())})
    assert (unknown.status_code, unknown.json()["type"]) == (422, "/problems/unknown-cursor")
