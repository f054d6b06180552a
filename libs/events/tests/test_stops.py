"""Leaving: repeats nothing, ends within one batch, and does not wait for a broker that is away."""

import asyncio
import socket
from collections.abc import Callable, Collection, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events import Event, HoldConfirmed
from events.ids import uuid7
from events.transport import lanes, outbox, running
from events.transport.testing import Listener, keys_in_lane, send, until
from events.transport.topics import ensure
from stack import kafka as stack_kafka
from stack.ports import LOOPBACK

Sessions = async_sessionmaker[AsyncSession]
Confirmed = Callable[[UUID], HoldConfirmed]
Listen = Callable[[Collection[UUID]], Listener]

STOP_SECONDS = 10
TOPICS = ("HoldConfirmed", "HoldReleased")


@pytest.fixture
def own_broker(tmp_path: Path) -> Iterator[stack_kafka.Broker]:
    """Start a broker that the test may kill."""
    broker = stack_kafka.start(tmp_path)
    asyncio.run(ensure(broker.bootstrap, TOPICS))
    yield broker
    broker.process.kill()
    broker.process.wait()


async def test_leaves_and_joins_under_load_hand_nobody_the_same_twice(
    kafka: str, listen: Listen, confirmed: Confirmed
) -> None:
    holds = [uuid7() for _ in range(200)]
    listener = listen(holds)
    enough = asyncio.Event()
    rounds = 0

    async def keep_sending() -> None:
        nonlocal rounds
        while not enough.is_set():
            await send(kafka, list(map(confirmed, holds)))
            rounds += 1

    async with listener.member(kafka, "stays") as stays:
        await until(lambda: stays.assigned)
        sending = asyncio.create_task(keep_sending())
        for number in range(4):
            async with AsyncExitStack() as guests:
                names = [f"guest {number}a", f"guest {number}b"]
                for name in names:
                    await guests.enter_async_context(listener.member(kafka, name))
                await until(lambda names=names: all(listener.lanes_of[n] for n in names))  # type: ignore[misc] # bound
        enough.set()
        await sending
        await until(lambda: len(listener.consumed) >= rounds * len(holds))

    assert max(listener.handed.values()) == 1
    assert len(listener.consumed) == rounds * len(holds)


async def test_a_stop_ends_within_the_batch_that_was_begun(
    kafka: str, listen: Listen, confirmed: Confirmed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "MICRO_BATCH", 10)
    [hold_id] = keys_in_lane(2)
    listener = listen([hold_id])
    await send(kafka, [confirmed(hold_id) for _ in range(100)])

    async def take_a_moment(_: Event) -> None:
        await asyncio.sleep(0.02)

    listener.before = take_a_moment
    async with listener.member(kafka):
        await until(lambda: len(listener.consumed) >= 15)
        at_the_stop = len(listener.consumed)

    assert len(listener.consumed) == 20
    assert at_the_stop < 20


async def test_a_service_stops_in_time_when_its_broker_dies_under_load(
    own_broker: stack_kafka.Broker, sessions: Sessions, listen: Listen, confirmed: Confirmed
) -> None:
    holds = [uuid7() for _ in range(500)]
    listener = listen(holds)
    clock = asyncio.get_running_loop().time

    async with running(listener.subscriptions, sessions.begin, own_broker.bootstrap):
        await publish(sessions, confirmed, holds)
        await until(lambda: len(listener.consumed) > 100)
        own_broker.process.kill()
        own_broker.process.wait()
        await publish(sessions, confirmed, holds)
        outbox.wake_relays()
        began = clock()

    assert clock() - began < STOP_SECONDS


async def test_a_service_stops_in_time_when_its_broker_has_been_away_for_a_while(
    own_broker: stack_kafka.Broker, sessions: Sessions, listen: Listen, confirmed: Confirmed
) -> None:
    holds = [uuid7() for _ in range(50)]
    listener = listen(holds)
    clock = asyncio.get_running_loop().time

    async with running(listener.subscriptions, sessions.begin, own_broker.bootstrap) as health:
        await publish(sessions, confirmed, holds)
        await until(lambda: len(listener.consumed) == 50)
        own_broker.process.kill()
        own_broker.process.wait()
        await publish(sessions, confirmed, holds)
        await until(lambda: health.outbox_age_seconds > 3)  # the relay has tried and waits
        began = clock()

    assert clock() - began < STOP_SECONDS


async def test_a_service_stops_in_time_while_it_waits_for_a_broker_that_does_not_answer(
    sessions: Sessions, listen: Listen
) -> None:
    """As a member that is joining when its broker dies: seen under load in `make chaos-events`."""
    loop = asyncio.get_running_loop()
    with socket.create_server((LOOPBACK, 0)) as silent:
        silent.setblocking(False)  # noqa: FBT003, there is no name for it
        servers = f"{LOOPBACK}:{silent.getsockname()[1]}"
        async with running(listen([]).subscriptions, sessions.begin, servers):
            taken, _ = await loop.sock_accept(silent)
            began = loop.time()
        took = loop.time() - began
        taken.close()

    assert took < STOP_SECONDS


async def test_a_service_that_is_there_before_its_broker_hears_as_soon_as_that_comes(
    own_broker: stack_kafka.Broker,
    tmp_path: Path,
    sessions: Sessions,
    listen: Listen,
    confirmed: Confirmed,
) -> None:
    own_broker.stop()
    holds = [uuid7() for _ in range(50)]
    listener = listen(holds)

    async with running(listener.subscriptions, sessions.begin, own_broker.bootstrap) as health:
        await publish(sessions, confirmed, holds)
        await until(lambda: health.outbox_age_seconds > 3)
        with await asyncio.to_thread(stack_kafka.start, tmp_path) as late:
            assert late.bootstrap == own_broker.bootstrap
            await until(lambda: len(listener.consumed) == 50, seconds=30)
            assert health.ready


async def publish(sessions: Sessions, confirmed: Confirmed, holds: Collection[UUID]) -> None:
    async with sessions.begin() as session:
        await outbox.append(session, *map(confirmed, holds))
