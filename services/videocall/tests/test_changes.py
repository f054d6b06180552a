"""Changes are marked in their own transaction, and the doorbell rings after it (P3.5, P5.1)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from psycopg import AsyncConnection
from services.videocall.tests.pictures import jpeg
from services.videocall.tests.world import World, in_call, ringing, waiting
from sqlalchemy import select

from events.ids import uuid7
from videocall.changes.commands import DOORBELL, changed
from videocall.changes.queries import versions_of
from videocall.tables import changes


@asynccontextmanager
async def listening(world: World) -> AsyncIterator[AsyncConnection]:
    """Listen to the doorbell."""
    address = world.db.engine.url.set(drivername="postgresql")
    listener = await AsyncConnection.connect(
        address.render_as_string(hide_password=False), autocommit=True
    )
    async with listener:
        await listener.execute(f"listen {DOORBELL}")
        yield listener


async def marks(world: World) -> dict[str, int]:
    """Read the version of everything that was ever marked."""
    async with world.db.transaction() as tx:
        return {row.subject: row.version for row in await tx.execute(select(changes))}


async def test_a_call_an_agent_and_a_queue_are_marked_by_themselves(world: World) -> None:
    """P3.5: whoever waits in the region, and whose desk lists the queue, has news."""
    customer = await waiting(world)
    assert {customer.call_id, "KV2"} <= (await marks(world)).keys()

    agent = world.agent()
    await agent.is_in("AVAILABLE")

    assert str(agent.id) in await marks(world)


async def test_an_offer_marks_both_sides_and_the_queue(world: World) -> None:
    """P3.5: the offer is written by one statement for many calls, which no row announces."""
    customer, agent = await waiting(world), world.agent()
    await agent.is_in("OFFLINE")
    before = await marks(world)

    await agent.is_in("AVAILABLE")

    after = await marks(world)
    for subject in (customer.call_id, str(agent.id), "KV2"):
        assert after[subject] > before.get(subject, 0)


async def test_an_accepted_call_leaves_the_queue_as_it_is(world: World) -> None:
    """P5.1: nobody else in the region has news of a call that had left the queue before."""
    _, agent, offer = await ringing(world)
    before = await marks(world)

    await agent.answers("accept", offer)

    after = await marks(world)
    assert after[offer["call_id"]] > before[offer["call_id"]]
    assert after["KV2"] == before["KV2"]


async def test_a_still_is_news_of_its_call(world: World) -> None:
    _, agent = await in_call(world)
    before = await marks(world)

    await agent.photograph("FRONT", jpeg())

    after = await marks(world)
    assert after[agent.call_id] > before[agent.call_id]


async def test_the_doorbell_rings_after_the_commit_with_the_version(world: World) -> None:
    call_id = uuid7()
    async with listening(world) as listener:
        async with world.db.transaction() as tx:
            changed(tx, call_id)
        heard = [note.payload async for note in listener.notifies(timeout=10, stop_after=1)]

    assert heard == [f"{call_id} {(await marks(world))[str(call_id)]}"]


async def test_nothing_is_marked_by_what_was_rolled_back(world: World) -> None:
    call_id = uuid7()
    async with world.db.transaction() as tx:
        changed(tx, call_id)
        await tx.rollback()

    assert str(call_id) not in await marks(world)


async def test_the_same_marks_from_many_sides_never_wait_in_a_circle(world: World) -> None:
    """Twenty transactions mark the same subjects in different orders: all of them commit."""
    subjects = [uuid7() for _ in range(300)]

    async def mark(turn: int) -> None:
        async with world.db.transaction() as tx:
            for subject in subjects[:: 1 if turn % 2 else -1]:
                changed(tx, subject)

    await asyncio.gather(*(mark(turn) for turn in range(20)))

    async with world.db.transaction() as tx:
        assert len(await versions_of(tx, map(str, subjects))) == len(subjects)
