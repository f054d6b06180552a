"""Sockets end with a code that says what to do, and nobody has too much of them (SD.1)."""

from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from functools import partial

from services.videocall.tests.sockets import Replica, replica, ticket_of
from services.videocall.tests.world import World, waiting
from sqlalchemy import select

from events.ids import uuid7
from events.transport.testing import eventually
from kit.auth import Caller
from videocall.deliveries.commands import Client
from videocall.leases.domain import MOST_SOCKETS
from videocall.sockets.domain import BURST, MOST_WATCHED, CloseCode
from videocall.tables import socket_nodes


async def test_the_newest_sockets_stay_on_whichever_replica(
    world: World, service: Replica, other: Replica
) -> None:
    """One person has four; the page that was opened first is told to close."""
    customer = await waiting(world)
    async with AsyncExitStack() as opened, service.watching(customer.http) as first:
        for _ in range(MOST_SOCKETS):
            await opened.enter_async_context(other.watching(customer.http))
        assert await first.is_closed() == CloseCode.REPLACED


async def test_a_socket_that_is_being_opened_is_not_taken_for_a_replaced_one(
    world: World, service: Replica
) -> None:
    """Between its handshake and its row there may be a beat of the lease."""
    clients = world.app.state.sockets.clients
    arriving = Client(uuid7(), Caller(uuid7(), "customer"))
    async with service.watching((await world.customer()).http):
        clients[arriving.id] = arriving
        first = await last_beat(world)
        second = await eventually(partial(last_beat, world), lambda beat: beat > first)
        await eventually(partial(last_beat, world), lambda beat: beat > second)
        del clients[arriving.id]

    assert not arriving.over.done()


async def last_beat(world: World) -> datetime:
    """Return the moment at which the replica beat last."""
    async with world.db.transaction() as tx:
        beat: datetime = (await tx.scalars(select(socket_nodes.c.beat_at))).one()
        return beat


async def test_a_replica_that_ends_sends_its_clients_elsewhere(world: World) -> None:
    customer = await waiting(world)
    watched = {"document": "call", "call": customer.call_id}
    async with replica(world.app) as ending, ending.watching(customer.http, watched) as phone:
        await phone.hears("call")
        ending.server.should_exit = True

        assert await phone.is_closed() == CloseCode.RESTARTING


async def test_a_first_message_that_is_no_greeting_ends_it(world: World, service: Replica) -> None:
    customer = await world.customer()
    for t, body, code in (
        ("ping", {}, CloseCode.MALFORMED),
        ("hello", {"ticket": "none", "documents": []}, CloseCode.SIGN_IN),
        ("hello", {"ticket": await ticket_of(customer.http)}, CloseCode.MALFORMED),
        ("sing", {"song": 1}, CloseCode.MALFORMED),
    ):
        async with service.socket() as client:
            await client.says(t, **body)
            assert await client.is_closed() == code


async def test_a_ticket_ends_after_half_a_minute(world: World, service: Replica) -> None:
    ticket = await ticket_of((await world.customer()).http)
    world.move_clock(timedelta(seconds=31))
    async with service.socket() as client:
        await client.says("hello", ticket=ticket, documents=[])
        assert await client.is_closed() == CloseCode.SIGN_IN


async def test_an_access_token_that_ends_ends_its_socket(world: World, service: Replica) -> None:
    customer = await world.customer()
    async with service.watching(customer.http) as phone:
        world.move_clock(timedelta(hours=2))
        assert await phone.is_closed() == CloseCode.SIGN_IN


async def test_a_page_of_another_site_opens_none(service: Replica) -> None:
    async with service.socket(Origin="https://elsewhere.example") as client:
        assert await client.is_closed() == CloseCode.FOREIGN_PAGE


async def test_whoever_floods_a_socket_loses_it(world: World, service: Replica) -> None:
    async with service.watching((await world.customer()).http) as phone:
        for _ in range(int(BURST) + 20):
            await phone.says("ping")
        assert await phone.is_closed() == CloseCode.TOO_MANY


async def test_too_much_at_once_is_refused(world: World, service: Replica) -> None:
    customer = await world.customer()
    many = [{"document": "call", "call": str(uuid7())} for _ in range(MOST_WATCHED + 1)]
    async with service.watching(customer.http) as phone:
        await phone.says("watch", documents=many)
        assert await phone.is_closed() == CloseCode.MALFORMED
    async with service.watching(customer.http) as phone:
        await phone.says("watch", documents=["x" * 20_000])
        assert await phone.is_closed() == 1009
