"""A service whose database was restored hears again what it forgot; nobody else does."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from events import HoldConfirmed
from events.ids import uuid7
from events.transport import (
    Envelope,
    Health,
    Inbox,
    Subscriptions,
    metadata,
    outbox,
    replay,
    running,
)
from events.transport.replay import CannotReplay, Replay
from events.transport.testing import Listener, eventually, until

Sessions = async_sessionmaker[AsyncSession]
Running = AbstractAsyncContextManager[tuple[Sessions, Health]]
TABLE = "create table effect (n bigserial, event_id uuid primary key, key text)"
EFFECT = text("insert into effect (event_id, key) values (:id, :key)")


def consumer_of(group: str) -> Subscriptions[AsyncSession]:
    """Name a service whose effects can be told apart, and that a second time would hurt."""
    service = Subscriptions[AsyncSession](group)

    @service.on(HoldConfirmed)
    async def note(fact: HoldConfirmed, tx: AsyncSession) -> None:
        await tx.execute(EFFECT, {"id": fact.event_id, "key": fact.key})

    return service


class Servers:
    """Databases of several services on one PostgreSQL."""

    def __init__(self, admin_url: str) -> None:
        self._admin_url = make_url(admin_url)

    async def run(self, statement: str) -> None:
        admin = create_async_engine(self._admin_url, isolation_level="AUTOCOMMIT")
        async with admin.connect() as connection:
            await connection.execute(text(statement))
        await admin.dispose()

    async def make(self) -> str:
        name = f"replay_{uuid7().hex[-12:]}"
        await self.run(f"create database {name}")
        async with self.engine_of(name) as engine, engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
            await connection.execute(text(TABLE))
        return name

    def url_of(self, name: str) -> str:
        return self._admin_url.set(database=name).render_as_string(hide_password=False)

    @asynccontextmanager
    async def engine_of(self, name: str) -> AsyncIterator[Any]:
        engine = create_async_engine(self._admin_url.set(database=name))
        yield engine
        await engine.dispose()

    @asynccontextmanager
    async def service(self, name: str, **how: Any) -> AsyncIterator[tuple[Sessions, Health]]:
        async with self.engine_of(name) as engine:
            sessions = async_sessionmaker[AsyncSession](engine)
            async with running(transaction=sessions.begin, **how) as health:
                yield sessions, health


@pytest.fixture
def servers(postgres_url: str) -> Servers:
    return Servers(postgres_url)


async def consumed_all(
    sessions: Sessions, published: Sequence[tuple[str, UUID]]
) -> list[tuple[str, UUID]]:
    """Wait until a service has acted on so many of these keys' facts."""
    keys = list({key for key, _ in published})

    async def effects() -> list[tuple[str, UUID]]:
        async with sessions() as session:
            query = text("select key, event_id from effect where key = any(:keys) order by n")
            return [(row.key, row.event_id) for row in await session.execute(query, {"keys": keys})]

    return await eventually(effects, lambda rows: len(rows) == len(published))


async def publish(sessions: Sessions, facts: Sequence[HoldConfirmed]) -> list[tuple[str, UUID]]:
    for fact in facts:
        async with sessions.begin() as session:
            await session.execute(text("select pg_current_xact_id()"))
            await outbox.append(session, fact)
    return [(fact.key, fact.event_id) for fact in facts]


async def tell_again(producer: str, kafka: str, group: str, since: datetime) -> str:
    """Do what the operator does."""
    where = ["--database", producer, "--servers", kafka]
    what = ["--for", group, "--since", since.isoformat(), "--topic", "HoldConfirmed"]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "events", "replay", *where, *what, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return out.decode().strip()


def by_key(consumed: Sequence[tuple[str, UUID]]) -> dict[str, list[UUID]]:
    keys: dict[str, list[UUID]] = {}
    for key, event_id in consumed:
        keys.setdefault(key, []).append(event_id)
    return keys


async def test_a_restored_database_is_caught_up_from_what_its_producers_kept(
    servers: Servers, kafka: str, group: str, confirmed: Callable[[UUID], HoldConfirmed]
) -> None:
    keys = [uuid7() for _ in range(4)]
    facts = [confirmed(key) for _ in range(10) for key in keys]
    producer, shop = await servers.make(), await servers.make()
    silent = Subscriptions[AsyncSession](f"{group}-producer")

    def listening(name: str) -> Running:
        return servers.service(name, subscriptions=consumer_of(group), servers=kafka)

    async with servers.service(producer, subscriptions=silent, servers=kafka, keep=True) as (
        producing,
        _,
    ):
        async with listening(shop) as (sessions, _):
            published = await publish(producing, facts[:16])
            await consumed_all(sessions, published)
        await servers.run(f"create database {shop}_backup template {shop}")
        async with listening(shop) as (sessions, _):
            published += await publish(producing, facts[16:32])
            await consumed_all(sessions, published)

        async with producing() as session:
            first = await replay.kept_since(session)
        assert first
        told = await tell_again(servers.url_of(producer), kafka, group, first)
        published += await publish(producing, facts[32:])

        async with listening(f"{shop}_backup") as (sessions, _):
            consumed = await consumed_all(sessions, published)
    assert told == f"32 events are published again for {group}. Start it when all are sent."
    assert by_key(consumed) == by_key(published)


async def test_what_is_published_again_for_one_service_is_nothing_to_another(
    inbox: Inbox[AsyncSession], listener: Listener, confirmed: Callable[[UUID], HoldConfirmed]
) -> None:
    fact = confirmed(uuid7())
    await inbox.take([Envelope.around(fact, {"replayfor": "another"})])
    assert listener.consumed == []

    await inbox.take([Envelope.around(fact, {"replayfor": inbox.service})])
    assert listener.consumed == [fact]


async def test_a_service_that_still_listens_is_not_told_again(
    servers: Servers, kafka: str, group: str
) -> None:
    database = await servers.make()
    async with servers.service(database, subscriptions=consumer_of(group), servers=kafka) as (
        sessions,
        health,
    ):
        await until(lambda: health.ready)
        again = Replay(group, datetime.now(UTC), ["HoldConfirmed"])
        with pytest.raises(CannotReplay, match="1 members listening"):
            await replay.replay(sessions.begin, kafka, again)


async def test_what_is_older_than_any_backup_is_forgotten(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await session.execute(
            text("""
            insert into event_log (id, shard, event_id, topic, key, headers, payload, sent_at)
            select n, 0, gen_random_uuid(), 'T', 'k', '{}', '',
                now() - make_interval(days => n, hours => 1)
            from generate_series(1, 40) as n""")
        )
        assert await replay.prune(session) == 11  # the last of them from 30 days and an hour ago
        kept_since = await replay.kept_since(session)
    assert kept_since is not None
    assert (datetime.now(UTC) - kept_since).days == 29
