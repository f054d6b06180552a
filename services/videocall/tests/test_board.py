"""The live board: queues, agents and service levels by region (SB.3.3, SD.1, SD.4)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from services.videocall.tests.world import World, in_call, waiting

from kit import clock

NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)


async def board(http: httpx.AsyncClient) -> dict[str, Any]:
    """Read the board, its regions by name."""
    answer = await http.get("/v1/staff/board")
    assert answer.status_code == 200
    seen: dict[str, Any] = answer.json()
    return seen | {"regions": {row["region"]: row for row in seen["items"]}}


async def test_the_board_shows_queue_agents_and_service_level_of_each_region(world: World) -> None:
    world.set_clock(NOON)
    await in_call(world)
    await waiting(world)
    waits_at_least = NOON + timedelta(seconds=10) - clock.now()
    world.set_clock(NOON + timedelta(seconds=10))

    seen = await board(world.agent("ALL", role="admin").http)

    assert len(seen["regions"]) == 9
    own = seen["regions"]["KV2"]
    assert (own["waiting"], own["in_call"]) == (1, 1)
    waits_at_most = clock.now() - NOON
    assert waits_at_least <= timedelta(seconds=own["longest_wait_seconds"] + 1)
    assert timedelta(seconds=own["longest_wait_seconds"]) <= waits_at_most
    assert (own["answered"], own["answered_in_time"], own["abandoned"]) == (1, 1, 0)
    assert own["agents"] == {"BUSY": 1}
    assert seen["regions"]["KV1"]["waiting"] == 0


async def test_a_supervisor_sees_the_own_regions_only(world: World) -> None:
    seen = await board(world.agent("KV2", "KV3", role="region_manager").http)

    assert list(seen["regions"]) == ["KV2", "KV3"]


async def test_a_call_that_waited_longer_than_a_minute_is_not_in_time(world: World) -> None:
    world.set_clock(NOON)
    customer = await waiting(world)
    for seconds in (15, 30, 45, 60, 75):
        world.set_clock(NOON + timedelta(seconds=seconds))
        await customer.look()
    await world.agent().next()

    own = (await board(world.agent("ALL", role="admin").http))["regions"]["KV2"]

    assert (own["answered"], own["answered_in_time"]) == (1, 0)


@pytest.mark.parametrize("role", ["call_agent", "osp_staff"])
async def test_the_board_is_closed_to_others(world: World, role: str) -> None:
    assert (await world.agent(role=role).http.get("/v1/staff/board")).status_code == 403
