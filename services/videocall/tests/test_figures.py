"""Figures of teams by day, and the wall that shows them live (SD.1, SB.3.3)."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from services.videocall.tests.world import Agent, Customer, World, in_call, waiting

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT = datetime(2026, 11, 25, 0, 10, tzinfo=HANOI)
"""Ten past midnight in Hanoi: in London it is still the day before."""


def manager(world: World, region: str = "KV2") -> Agent:
    return world.agent(region, role="region_manager")


async def figures(by: Agent, **query: Any) -> dict[tuple[str, str], dict[str, Any]]:
    answer = await by.http.get("/v1/staff/call-figures", params=query)
    assert answer.status_code == 200, answer.text
    return {(row["team"], row["day"]): row for row in answer.json()["items"]}


async def waits(world: World, customer: Customer, until: datetime, now: datetime) -> None:
    """Let a customer wait on, asking all the while."""
    while now < until:
        now = min(until, now + timedelta(seconds=15))
        world.set_clock(now)
        await customer.look()


async def answered_after(world: World, start: datetime, seconds: int, lasts: int) -> None:
    """Let a customer wait, be answered by an agent, and the call end."""
    world.set_clock(start)
    customer, agent = await waiting(world), world.agent()
    answered = start + timedelta(seconds=seconds)
    await waits(world, customer, answered, start)
    assert (await agent.next()).status_code == 200
    world.set_clock(answered + timedelta(seconds=lasts))
    assert (await agent.do("technical")).status_code == 200
    await agent.is_in("OFFLINE")


async def left_after(world: World, start: datetime, seconds: int) -> None:
    world.set_clock(start)
    customer = await waiting(world)
    await waits(world, customer, start + timedelta(seconds=seconds), start)
    assert (await customer.leave()).status_code == 200


async def test_the_figures_of_a_day_are_counted_as_they_are_defined(world: World) -> None:
    await answered_after(world, NIGHT, 10, 100)
    await answered_after(world, NIGHT + timedelta(minutes=5), 50, 300)
    await left_after(world, NIGHT + timedelta(minutes=15), 5)
    await left_after(world, NIGHT + timedelta(minutes=20), 45)

    day = (await figures(manager(world)))["KV2-CALL", "2026-11-25"]

    assert (day["queued"], day["answered"], day["answered_in_time"]) == (4, 2, 1)
    assert (day["abandoned"], day["abandoned_late"], day["abandonment"]) == (2, 1, 0.5)
    assert day["mean_wait_seconds"] == pytest.approx(30, abs=3)
    assert day["mean_handling_seconds"] == pytest.approx(200, abs=3)
    assert day["service_level"] == pytest.approx(1 / 3)


async def test_a_day_is_one_of_vietnam(world: World) -> None:
    await left_after(world, NIGHT - timedelta(minutes=20), 20)
    await left_after(world, NIGHT, 20)

    seen = await figures(manager(world), days=2)

    assert seen["KV2-CALL", "2026-11-24"]["queued"] == 1
    assert seen["KV2-CALL", "2026-11-25"]["queued"] == 1
    older = await figures(manager(world), days=1, last="2026-11-24")
    assert {day for _, day in older} == {"2026-11-24"}
    future = await figures(manager(world), days=1, last="9999-12-31")
    assert {day for _, day in future} == {"2026-11-25"}
    too_old = await manager(world).http.get("/v1/staff/call-figures", params={"last": "0001-01-01"})
    assert too_old.status_code == 422


async def test_occupancy_is_the_share_of_the_time_at_the_desk_without_breaks(world: World) -> None:
    """Fifteen minutes idle, five in a call, twenty on a break that do not count."""
    world.set_clock(NIGHT)
    agent = world.agent()
    await agent.is_in("AVAILABLE")
    world.set_clock(NIGHT + timedelta(minutes=15))
    assert await agent.offer() is None
    await waiting(world)
    offer = await agent.offer()
    assert offer
    await agent.answers("accept", offer)
    await agent.is_in("BREAK", reason_code="MEAL")
    world.set_clock(NIGHT + timedelta(minutes=20))
    await agent.do("technical")
    world.set_clock(NIGHT + timedelta(minutes=40))

    day = (await figures(manager(world)))["KV2-CALL", "2026-11-25"]

    assert day["occupancy"] == pytest.approx(0.25, abs=0.01)


async def test_the_wall_shows_teams_agents_and_calls_of_the_own_regions(world: World) -> None:
    noon = datetime(2026, 11, 25, 12, 0, tzinfo=HANOI)
    world.set_clock(noon)
    _, agent = await in_call(world)
    customer = await waiting(world)
    world.set_clock(noon + timedelta(seconds=12))
    await customer.look()

    seen = (await manager(world).http.get("/v1/staff/call-wall")).json()

    [team] = [row for row in seen["teams"] if row["team"] == "KV2-CALL"]
    assert (team["waiting"], team["in_call"], team["agents"]) == (1, 1, {"BUSY": 1})
    assert team["longest_wait_seconds"] >= 11
    assert (team["today"]["queued"], team["today"]["answered"]) == (2, 1)
    [desk] = seen["agents"]
    assert (desk["agent_id"], desk["state"]) == (str(agent.id), "BUSY")
    [waits_now], [talks] = seen["waiting"], seen["in_call"]
    assert waits_now["call_id"] == customer.call_id
    assert (talks["agent_id"], talks["recording"]) == (str(agent.id), "NONE")
    other = (await manager(world, "KV5").http.get("/v1/staff/call-wall")).json()
    assert (other["agents"], other["waiting"], other["in_call"]) == ([], [], [])
    assert all(row["region"] == "KV5" for row in other["teams"])
