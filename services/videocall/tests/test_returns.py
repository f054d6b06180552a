"""A line that breaks: who comes back, in time or too late (G26)."""

import asyncio
from datetime import timedelta

from services.videocall.tests.world import Customer, World

from kit.testing import facts, published


async def drop(world: World) -> Customer:
    customer = await world.customer()
    await customer.call()
    agent = world.agent()
    await agent.next()
    assert (await agent.do("drop")).json()["status"] == "DROPPED"
    return customer


async def test_who_comes_back_in_time_goes_on_with_the_same_agent(world: World) -> None:
    """G26: two minutes of grace."""
    customer = await drop(world)
    world.move_clock(timedelta(seconds=115))
    assert await world.tick() == 0

    answer = await customer.come_back()

    assert answer.json()["status"] == "IN_CALL"
    assert await published(world.db) == [
        "VideoCallQueued",
        "VideoCallStarted",
        "VideoCallDropped",
        "VideoCallStarted",
    ]
    started = [f for f in await facts(world.db) if f.topic == "VideoCallStarted"]
    assert len({getattr(fact, "agent_id", None) for fact in started}) == 1


async def test_who_comes_back_too_late_goes_to_the_end(world: World) -> None:
    """A customer who left does not overtake those who waited."""
    customer = await drop(world)
    await (other := await world.customer()).call()
    world.move_clock(timedelta(minutes=3))
    await other.look()
    await world.tick()
    assert (await customer.look())["status"] == "ABANDONED"

    answer = await customer.come_back()

    assert (answer.json()["status"], answer.json()["position"]) == ("QUEUED", 2)
    assert (await world.agent().next()).json()["hold_id"] == str(other.hold_id)


async def test_who_comes_back_before_the_clock_noticed_goes_to_the_end_too(
    world: World,
) -> None:
    customer = await drop(world)
    await (other := await world.customer()).call()
    world.move_clock(timedelta(minutes=3))
    await other.look()

    answer = await customer.come_back()

    assert (answer.json()["status"], answer.json()["position"]) == ("QUEUED", 2)
    await world.tick()
    assert (await published(world.db))[-2:] == ["VideoCallAbandoned", "VideoCallQueued"]


async def test_many_clocks_abandon_a_lost_call_once(world: World) -> None:
    await drop(world)
    world.move_clock(timedelta(minutes=3))

    await asyncio.gather(*(world.tick() for _ in range(6)))

    assert (await published(world.db)).count("VideoCallAbandoned") == 1
