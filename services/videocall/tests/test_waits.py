"""Waits are told as a range by recent calls, and never nervously (SD.1)."""

from datetime import UTC, datetime, timedelta

import pytest
from services.videocall.tests.world import World, waiting

from videocall.waits.domain import Handling, ShownWait, WaitRange

NOON = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)


def test_a_wait_is_the_calls_before_you_shared_by_the_agents_on_duty() -> None:
    steady = Handling.of([240.0] * 10, usual=100)

    assert steady.wait(1, 1) == WaitRange(240, 240)
    assert steady.wait(4, 2) == WaitRange(480, 480)
    assert steady.wait(1, 0) == WaitRange(240, 240), "somebody will come"


def test_calls_of_different_length_make_a_range_and_old_ones_fade() -> None:
    wild = Handling.of([60.0, 600.0] * 5, usual=100).wait(4, 1)
    shorter, longer = Handling.of([100.0, 300.0], usual=1), Handling.of([300.0, 100.0], usual=1)

    assert wild.low < wild.high
    assert shorter.mean < 200 < longer.mean


def test_without_any_call_yet_the_usual_length_is_told_give_or_take() -> None:
    assert Handling.of([], usual=240).wait(1, 1) == WaitRange(240, 341)


@pytest.mark.parametrize(
    ("after", "shown"), [(timedelta(seconds=59), (100, 200)), (timedelta(seconds=60), (300, 400))]
)
def test_a_wait_is_shown_longer_at_most_once_a_minute(
    after: timedelta, shown: tuple[int, int]
) -> None:
    first = ShownWait(WaitRange(100, 200), NOON)

    assert first.next(WaitRange(300, 400), now=NOON + after).wait == WaitRange(*shown)
    assert first.next(WaitRange(90, 150), now=NOON + after).wait == WaitRange(90, 150)


async def test_an_agent_on_a_break_shortens_nobodys_wait_and_that_is_told_calmly(
    world: World,
) -> None:
    """SD.1: the estimate counts the agents on duty, and does not grow under a customer's eyes."""
    agents = [world.agent() for _ in range(2)]
    customers = [await waiting(world) for _ in range(5)]
    for agent in agents:
        await agent.is_in("AVAILABLE")
    last = customers[-1]
    first = await last.look()

    await agents[0].is_in("BREAK", reason_code="MEAL")
    offer = await agents[0].offer()
    assert offer
    await agents[0].answers("decline", offer)
    soon = await last.look()
    for seconds in (15, 30, 45, 61):
        world.move_clock(timedelta(seconds=seconds))
        for customer in customers:
            later = await customer.look()

    assert 0 < first["wait_from_seconds"] < first["wait_to_seconds"]
    assert soon["wait_to_seconds"] == first["wait_to_seconds"]
    assert later["wait_to_seconds"] > first["wait_to_seconds"]
