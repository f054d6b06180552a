"""Members of a group on a real Kafka: nobody waits for a slow lane, a stop repeats nothing."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import AsyncExitStack
from uuid import UUID

import pytest

from events import Event, HoldConfirmed, HoldReleased
from events.ids import uuid7
from events.transport import lanes
from events.transport.testing import Listener, keys_in_lane, send, until

Confirmed = Callable[[UUID], HoldConfirmed]
Released = Callable[[UUID], HoldReleased]
Listen = Callable[[Collection[UUID]], Listener]


async def test_a_graceful_stop_means_that_nothing_is_consumed_twice(
    kafka: str, listen: Listen, confirmed: Confirmed
) -> None:
    holds = [uuid7() for _ in range(600)]
    listener = listen(holds)
    await send(kafka, list(map(confirmed, holds)))

    async def take_a_moment(_: Event) -> None:
        await asyncio.sleep(0.002)

    listener.before = take_a_moment
    async with listener.member(kafka):
        await until(lambda: len(listener.consumed) >= 50)
    async with listener.member(kafka):
        await until(lambda: len(listener.consumed) >= 300)
    in_the_middle = len(listener.consumed)
    async with listener.member(kafka):
        await until(lambda: len(listener.consumed) >= 600)

    assert in_the_middle < 600
    assert len(listener.consumed) == 600
    assert [place for place, times in listener.handed.items() if times > 1] == []


async def test_members_share_the_lanes_and_a_leave_repeats_nothing(
    kafka: str, listen: Listen, confirmed: Confirmed, released: Released
) -> None:
    holds = [uuid7() for _ in range(300)]
    listener = listen(holds)

    async with listener.member(kafka, "one") as one:
        await until(lambda: one.assigned)
        async with AsyncExitStack() as others:
            names = ("two", "three", "four")
            members = [listener.member(kafka, name) for name in names]
            team = [one, *[await others.enter_async_context(member) for member in members]]
            await until(lambda: all(member.assigned for member in team))
            await send(kafka, [fact(h) for h in holds[:200] for fact in (confirmed, released)])
            await until(lambda: len(listener.consumed) >= 400)
            shared = [set(of_one) for of_one in listener.lanes_of.values()]
        await send(kafka, [fact(h) for h in holds[200:] for fact in (confirmed, released)])
        await until(lambda: len(listener.consumed) >= 600)

    # Both topics of a journey went to one member: nobody shares a lane.
    assert Counter(lane for of_one in shared for lane in of_one) == Counter(range(6))
    assert max(listener.handed.values()) == 1


async def test_a_member_that_joins_in_the_middle_of_the_work_repeats_nothing(
    kafka: str, listen: Listen, confirmed: Confirmed
) -> None:
    holds = [uuid7() for _ in range(1500)]
    listener = listen(holds)
    await send(kafka, list(map(confirmed, holds)))

    async def take_a_moment(_: Event) -> None:
        await asyncio.sleep(0.01)

    listener.before = take_a_moment
    async with listener.member(kafka, "one"):
        await until(lambda: len(listener.consumed) >= 100)
        async with listener.member(kafka, "two"):
            await until(lambda: len(listener.consumed) >= 1500)

    assert len(listener.lanes_of["two"]) == 3
    assert len(listener.consumed) == 1500
    assert max(listener.handed.values()) == 1


async def test_a_slow_lane_holds_up_nobody_else(
    kafka: str, listen: Listen, confirmed: Confirmed
) -> None:
    [slow], quick = keys_in_lane(1), keys_in_lane(2, 5)
    listener = listen([slow, *quick])
    stuck, go_on = asyncio.Event(), asyncio.Event()

    async def wait_in_lane_one(fact: Event) -> None:
        if fact.key == str(slow):
            stuck.set()
            await go_on.wait()

    listener.before = wait_in_lane_one
    async with listener.member(kafka):
        await send(kafka, [confirmed(slow)])
        await stuck.wait()
        for hold_id in quick:  # each a fetch of its own
            count = len(listener.consumed)
            await send(kafka, [confirmed(hold_id)])
            await until(lambda count=count: len(listener.consumed) > count)  # type: ignore[misc] # bound
        go_on.set()
        await until(lambda: len(listener.consumed) == 6)

    assert [fact.key for fact in listener.consumed] == [str(hold_id) for hold_id in [*quick, slow]]


async def test_a_full_lane_is_not_fetched_for_until_it_has_room(
    kafka: str,
    listen: Listen,
    confirmed: Confirmed,
    released: Released,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lanes, "FULL", 20)
    monkeypatch.setattr(lanes, "MICRO_BATCH", 5)
    [hold_id], [elsewhere] = keys_in_lane(3), keys_in_lane(4)
    listener = listen([hold_id, elsewhere])
    go_on = asyncio.Event()

    async def wait(fact: Event) -> None:
        if fact.key == str(hold_id):
            await go_on.wait()

    listener.before = wait
    async with listener.member(kafka):
        await send(kafka, [confirmed(hold_id) for _ in range(100)])
        await until(lambda: listener.waiting_in(3) >= 20)
        await send(kafka, [released(hold_id) for _ in range(100)])
        await send(kafka, [released(elsewhere)])
        await until(lambda: len(listener.consumed) == 1)  # what was sent after them has come
        in_the_lane = listener.waiting_in(3)
        go_on.set()
        await until(lambda: len(listener.consumed) == 201)

    assert in_the_lane < 100
    assert max(listener.handed.values()) == 1
