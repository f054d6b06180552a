"""A relay beside the service sends what the service states, as soon as it is told."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events import HoldConfirmed
from events.ids import uuid7
from events.transport import Subscriptions, outbox, running
from events.transport.relay_process import listen
from events.transport.testing import Listener, until

Sessions = async_sessionmaker[AsyncSession]


async def publish(sessions: Sessions, fact: HoldConfirmed) -> None:
    async with sessions.begin() as session:
        await session.execute(text("select pg_current_xact_id()"))
        await outbox.append(session, fact)


async def test_a_process_of_its_own_sends_and_stops_when_told(
    sessions: Sessions,
    database_url: str,
    kafka: str,
    listener: Listener,
    confirmed: Callable[[UUID], HoldConfirmed],
) -> None:
    where = ["--database", database_url, "--servers", kafka]
    command = [sys.executable, "-m", "events", "relay", *where]
    process = subprocess.Popen(command)  # noqa: ASYNC220, S603, ours, and it starts in a moment
    fact = confirmed(uuid7())
    listener.keys = {fact.key}
    try:
        async with listener.member(kafka):
            await publish(sessions, fact)
            await until(lambda: bool(listener.consumed))
    finally:
        process.send_signal(signal.SIGTERM)
    assert listener.consumed == [fact]
    assert await asyncio.to_thread(process.wait, 10) == 0


async def test_a_service_with_a_relay_elsewhere_keeps_what_it_states_and_rings_there(
    sessions: Sessions, database_url: str, confirmed: Callable[[UUID], HoldConfirmed]
) -> None:
    deaf = Subscriptions[AsyncSession]("deaf")
    stop, bell = asyncio.Event(), asyncio.Event()
    outbox.wakeups.add(bell)
    plain = make_url(database_url).set(drivername="postgresql")
    url = plain.render_as_string(hide_password=False)
    ear = asyncio.create_task(listen(url, stop))
    async with asyncio.timeout(20), running(deaf, sessions.begin, "127.0.0.1:1", relay="elsewhere"):
        await bell.wait()  # the ear is there
        await publish(sessions, confirmed(uuid7()))
        bell.clear()  # it rang here, too, for that is one process
        await bell.wait()
    stop.set()
    ear.cancel()
    outbox.wakeups.discard(bell)
    async with sessions() as session:
        assert (await session.scalars(text("select count(*) from outbox"))).one() == 1
