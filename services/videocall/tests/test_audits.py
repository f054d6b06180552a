"""Audits: a sample of each agent's decisions, and a word about each that is said once (SD.2)."""

from datetime import UTC, datetime
from typing import Any

import httpx
from services.videocall.tests.world import Agent, World, waiting

NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)
DAY = "2026-11-25"


async def decided(world: World, agent: Agent, count: int) -> list[str]:
    """Let an agent reject so many calls; return their ids."""
    ids = []
    for _ in range(count):
        await waiting(world)
        await agent.answer_and_reject("PHOTO_UNCLEAR")
        ids.append(agent.call_id)
    return ids


async def sampled(world: World, day: str = DAY, *regions: str, **more: Any) -> list[dict[str, Any]]:
    auditor = world.agent(*regions, role="auditor")
    answer = await auditor.http.get("/v1/desk/audits", params={"day": day, **more})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def report(auditor: Agent, call_id: str, finding: str, **more: str) -> httpx.Response:
    body = {"finding": finding, **more}
    return await auditor.http.put(f"/v1/desk/audits/{call_id}", json=body)


async def test_each_agent_is_audited_every_day_and_everybody_sees_the_same_sample(
    world: World,
) -> None:
    world.set_clock(NOON)
    busy, idle = world.agent(), world.agent()
    of_busy, of_idle = await decided(world, busy, 21), await decided(world, idle, 1)
    await waiting(world)
    await idle.next()

    first, second = await sampled(world), await sampled(world)

    drawn = [call["call_id"] for call in first]
    assert drawn == [call["call_id"] for call in second]
    assert len(set(drawn) & set(of_busy)) == 2  # one in twenty of 21, rounded up
    assert set(drawn) & set(of_idle) == set(of_idle)
    assert all(call["audit"] is None for call in first)


async def test_a_sample_is_of_one_day_in_vietnam_and_of_the_auditors_regions(world: World) -> None:
    world.set_clock(datetime(2026, 11, 24, 17, 30, tzinfo=UTC))  # half past midnight there
    [call_id] = await decided(world, world.agent(), 1)

    assert [call["call_id"] for call in await sampled(world)] == [call_id]
    assert await sampled(world, "2026-11-24") == []
    assert await sampled(world, DAY, "KV1") == []
    assert len(await sampled(world, DAY, "ALL")) == 1


async def test_an_audit_is_said_once_and_a_second_auditor_learns_by_whom(world: World) -> None:
    world.set_clock(NOON)
    [call_id] = await decided(world, world.agent(), 1)
    auditor, other = world.agent(role="auditor"), world.agent(role="auditor")

    first = await report(auditor, call_id, "DOUBTED", note="Ảnh mờ, nên xem lại")
    again = await report(auditor, call_id, "DOUBTED", note="Ảnh mờ, nên xem lại")
    changed = await report(auditor, call_id, "CONFIRMED")
    second = await report(other, call_id, "CONFIRMED")

    assert (first.status_code, again.status_code) == (204, 204)
    assert (changed.status_code, second.status_code) == (409, 409)
    assert second.json()["audited_by"] == str(auditor.id)
    [call] = await sampled(world)
    assert (call["audit"]["finding"], call["audit"]["note"]) == ("DOUBTED", "Ảnh mờ, nên xem lại")
    manager = world.agent(role="region_manager")
    progress = await manager.http.get("/v1/desk/audits/progress", params={"day": DAY})
    assert progress.json() == {"sampled": 1, "audited": 1, "doubted": 1}


async def test_nobody_audits_the_own_decision_nor_a_call_without_one(world: World) -> None:
    world.set_clock(NOON)
    agent = world.agent()
    [call_id] = await decided(world, agent, 1)
    auditor = world.agent(role="auditor")
    twin = Agent(world, ("KV2",), "auditor", id=agent.id)
    await waiting(world)
    await agent.next()

    assert (await report(twin, call_id, "CONFIRMED")).status_code == 403
    undecided = await report(auditor, agent.call_id, "CONFIRMED")
    assert (undecided.status_code, undecided.json()["type"]) == (409, "/problems/not-decided")
    assert (await report(agent, call_id, "CONFIRMED")).status_code == 403
    elsewhere = world.agent("KV1", role="auditor")
    assert (await report(elsewhere, call_id, "CONFIRMED")).status_code == 404


async def test_a_sample_is_read_page_by_page(world: World) -> None:
    world.set_clock(NOON)
    ids = [call_id for _ in range(3) for call_id in await decided(world, world.agent(), 1)]

    first = await sampled(world, limit=2)
    rest = await sampled(world, limit=2, after=first[-1]["call_id"])

    assert [call["call_id"] for call in first + rest] == ids[::-1]


async def test_all_first_decisions_of_an_agent_and_all_about_a_doubtful_face_are_audited(
    world: World,
) -> None:
    """Domain rules, part 13: a second pair of eyes where it is needed most."""
    world.set_clock(NOON)
    world.app.state.settings = world.settings.model_copy(
        update={"audited_first": 3, "audited_share": 0.01}
    )
    agent = world.agent()
    ids = await decided(world, agent, 6)
    doubtful = await world.customer(ready=False)
    passed = doubtful.passed().model_copy(update={"face": "REVIEW"})
    await world.hear(doubtful.created(), doubtful.routed(), passed)
    await doubtful.call()
    await agent.answer_and_reject("PHOTO_UNCLEAR")

    calls = {call["call_id"]: call["drawn_for"] for call in await sampled(world)}

    for call_id in ids[:3]:
        assert "NEW_AGENT" in calls[call_id]
    assert "FACE" in calls.pop(doubtful.call_id)
    assert sum("SHARE" in reasons for reasons in calls.values()) <= 1
    assert all("NEW_AGENT" not in calls.get(call_id, []) for call_id in ids[3:])
    assert len(calls) in (3, 4)
