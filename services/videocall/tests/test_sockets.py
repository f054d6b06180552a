"""Clients hear at once what changes, on any replica, and nothing is lost (P3.5, P5.1, SD.1)."""

from datetime import timedelta
from typing import Any

from psycopg import AsyncConnection
from services.videocall.tests.sockets import Replica
from services.videocall.tests.world import World, in_call, ringing, waiting
from sqlalchemy import select, update

from events.ids import uuid7
from events.transport.testing import eventually
from kit import clock
from videocall.changes.commands import DOORBELL
from videocall.leases.commands import end_lapsed_leases
from videocall.leases.domain import LEASE
from videocall.tables import heartbeats, presence, socket_nodes, sockets

QUEUE = {"document": "queue"}


def call_of(call_id: str, **more: Any) -> dict[str, Any]:
    return {"document": "call", "call": call_id} | more


async def test_an_agent_hears_the_ring_and_the_customer_the_answer(
    world: World, service: Replica
) -> None:
    """P3.5, P5.1: each document is the one that its GET answers."""
    customer, agent = await world.customer(), world.agent()
    async with service.watching(agent.http, QUEUE) as desk:
        assert (await desk.hears("queue"))["body"]["offer"] is None
        await agent.is_in("AVAILABLE")
        await customer.call()
        offered = await desk.hears("queue", waiting=1)
        offer = offered["body"]["offer"]
        assert offer["call_id"] == customer.call_id
        assert offered["epoch"] == offer["epoch"]

        async with service.watching(customer.http, call_of(customer.call_id)) as phone:
            ringing = await phone.hears("call")
            assert ringing["body"] == await customer.look()
            assert ringing["body"]["status"] == "OFFERED"
            await agent.answers("accept", offer)
            answered = await phone.hears("call", status="IN_CALL")
            assert answered["seq"] > ringing["seq"]
            assert answered["call"] == customer.call_id
            await desk.hears("queue", in_hand=customer.call_id, offer=None)


async def test_a_lost_socket_is_resumed_at_another_replica(
    world: World, service: Replica, other: Replica
) -> None:
    """Only what has changed meanwhile is told again, and no second ticket is needed."""
    customer, agent, offer = await ringing(world)
    shift = {"document": "shift"}
    async with service.watching(agent.http, QUEUE, shift) as desk:
        seq = (await desk.hears("queue"))["seq"]
        await desk.hears("shift")
        resume = desk.resume
    async with other.socket() as desk:
        await desk.greets(resume, QUEUE | {"seq": seq}, shift | {"seq": seq})
        await desk.says_rightly("ping")
        await desk.hears("pong")
        assert [message["t"] for message in desk.told] == ["welcome", "pong"]
        resume = desk.resume
    await agent.answers("accept", offer)
    async with service.socket() as desk:
        await desk.greets(resume, QUEUE | {"seq": seq})
        told = await desk.hears("queue")
        assert told["body"]["in_hand"] == customer.call_id
        assert told["seq"] > seq


async def test_a_notification_that_is_lost_is_made_up_for(world: World, service: Replica) -> None:
    """Marks are compared every second, whatever the doorbell says."""
    agent = world.agent()
    async with service.watching(agent.http, {"document": "shift"}) as desk:
        await desk.hears("shift", state="OFFLINE")
        await silence_the_doorbell(world)
        await agent.is_in("BREAK", reason_code="REST")

        await desk.hears("shift", state="BREAK")


async def silence_the_doorbell(world: World) -> None:
    """End the connections that listen."""
    address = world.db.engine.url.set(drivername="postgresql")
    async with await AsyncConnection.connect(
        address.render_as_string(hide_password=False), autocommit=True
    ) as connection:
        ended = await connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and query = %s",
            [f"listen {DOORBELL}"],
        )
        assert ended.rowcount


async def test_other_documents_can_be_watched_instead(world: World, service: Replica) -> None:
    _, agent = await in_call(world)
    desk_call = {"document": "desk_call", "call": agent.call_id}
    media = {"document": "desk_media", "call": agent.call_id}
    async with service.watching(agent.http, QUEUE) as desk:
        await desk.says_rightly("watch", documents=[desk_call, media])
        assert (await desk.hears("desk_call"))["body"]["call_id"] == agent.call_id
        assert (await desk.hears("desk_media"))["body"]["recording"] == "NONE"

        await agent.photograph("FRONT")

        [still] = (await desk.hears("desk_call"))["body"]["photos"]
        assert still["kind"] == "FRONT"


async def test_a_document_of_somebody_else_is_refused_as_by_its_get(
    world: World, service: Replica
) -> None:
    """The socket stays open: other documents can be watched."""
    stranger, customer = await world.customer(), await waiting(world)
    theirs, desks = call_of(customer.call_id), {"document": "queue"}
    async with service.watching(stranger.http, theirs, desks) as phone:
        refused = {(await phone.hears("refusal"))["body"]["problem"]["type"] for _ in range(2)}

        assert refused == {"/problems/no-such-call", "/problems/wrong-role"}


async def test_an_open_socket_keeps_the_agent_at_the_desk(world: World, service: Replica) -> None:
    """SD.1: an agent whose page says nothing more is present while its socket is open."""
    agent = world.agent()
    async with service.watching(agent.http, QUEUE) as desk:
        await desk.hears("queue")
        long_ago = clock.now() - timedelta(minutes=5)
        async with world.db.transaction() as tx:
            await tx.execute(update(presence).values(seen_at=long_ago))

        async def seen() -> bool:
            async with world.db.transaction() as tx:
                return bool(await tx.scalar(select(presence.c.seen_at > long_ago)))

        await eventually(seen, bool)


async def test_who_is_back_on_a_socket_is_heard_of_at_once(
    world: World, service: Replica, other: Replica
) -> None:
    """SD.1: a line that is cut again and again costs nobody the place in the queue."""
    customer = await waiting(world)
    async with service.watching(customer.http, call_of(customer.call_id)) as phone:
        seq = (await phone.hears("call"))["seq"]
        resume = phone.resume
    long_ago = clock.now() - timedelta(minutes=5)
    async with world.db.transaction() as tx:
        await tx.execute(update(heartbeats).values(seen_at=long_ago))

    async with other.socket() as phone:
        await phone.greets(resume, call_of(customer.call_id, seq=seq))
        async with world.db.transaction() as tx:
            assert await tx.scalar(select(heartbeats.c.seen_at > long_ago))


async def test_the_lease_of_a_killed_replica_lapses(world: World, service: Replica) -> None:
    """Its sockets count for nothing any more, and keep nobody present."""
    agent = world.agent()
    now, dead = clock.now(), uuid7()
    async with world.db.transaction() as tx:
        await tx.execute(socket_nodes.insert().values(id=dead, beat_at=now - LEASE))
        lost = {"id": uuid7(), "principal": agent.id, "node": dead, "opened_at": now}
        await tx.execute(sockets.insert().values(lost))
    async with service.watching(agent.http, QUEUE) as desk:
        await desk.hears("queue")
        async with world.db.transaction() as tx:
            assert await end_lapsed_leases(tx, now=clock.now()) == 1
            kept = (await tx.scalars(select(sockets.c.node))).all()

    assert len(kept) == 1
    assert dead not in kept


async def test_a_replica_that_was_taken_for_dead_comes_back(world: World, service: Replica) -> None:
    agent = world.agent()
    async with service.watching(agent.http, QUEUE) as desk:
        await desk.hears("queue")
        async with world.db.transaction() as tx:
            await tx.execute(socket_nodes.delete())

        async def written() -> int:
            async with world.db.transaction() as tx:
                return len((await tx.scalars(select(sockets.c.id))).all())

        await eventually(written, bool)
        await desk.says_rightly("ping")
        await desk.hears("pong")
