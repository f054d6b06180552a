"""A database of videocall with agents at their desks and customers on the line, written by SQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from hashlib import md5
from pathlib import Path
from typing import Final
from uuid import UUID

import psycopg
from sqlalchemy import text

from events import Region
from events.ids import uuid7
from kit import clock, migrations
from kit.auth import Caller
from kit.db import Database
from stack import postgres
from videocall.agents.domain import REGIONS, AgentState
from videocall.calls.commands import publish_end
from videocall.consents.domain import NEEDED, PRESENT, TEXTS, Consent
from videocall.matching.commands import match
from videocall.offers.commands import accept, choose_state
from videocall.queue.commands import place_call
from videocall.settings import Settings

POOL: Final = 16

EMPTY: Final = (
    "truncate journey, call, heartbeat, agent, presence, reservation, outbox, appointment cascade"
)
AGENTS: Final = """
    with made as (
        insert into agent (id, regions, state, since, idle_since, epoch)
        select md5('agent' || n)::uuid, jsonb_build_array('KV' || 1 + n % 9), :state, now(),
            now() - make_interval(secs => n), 0
        from generate_series(1, :many) as n returning id
    ) insert into presence (agent_id, seen_at) select id, now() + interval '1 hour' from made
"""
JOURNEYS: Final = """
    insert into journey (hold_id, customer_id, region, team, newest_session, newest_attempt,
        checked_session, checked_attempt, checked_at)
    select md5('hold' || n)::uuid, md5('customer' || n)::uuid, 'KV' || 1 + n % 9, 'T' || 1 + n % 9,
        md5('hold' || n)::uuid, 1, md5('hold' || n)::uuid, 1, now()
    from generate_series(1, :many) as n
"""
CALLS: Final = """
    with made as (
        insert into call (id, hold_id, region, team, status, priority, queued_at, missed_offers,
            epoch, version)
        select md5('call' || hold_id)::uuid, hold_id, region, team, 'QUEUED',
            2 * (random() < 0.1)::int, now() - make_interval(secs => random() * 200), 0, 0, 1
        from journey returning id
    ) insert into heartbeat (call_id, seen_at) select id, now() + interval '1 hour' from made
"""
FINISH: Final = text(
    """
    with over as (
        update reservation set state = 'WITHDRAWN', changed_at = now()
        where agent_id = :agent and state = 'OFFERED' returning call_id
    ), freed as (
        update agent set state = 'OFFLINE', call_id = null where id = :agent
    )
    update call set status = 'QUEUED' from over where call.id = over.call_id returning call.id
    """
)
"""The least that ends an offer: one statement, so that a match is what is measured."""
INVERSIONS: Final = """
    select count(*) from call as passed where status = 'QUEUED' and exists (
        select from call as offered where status = 'OFFERED' and offered.region = passed.region
        and (-offered.priority, offered.queued_at, offered.id)
            > (-passed.priority, passed.queued_at, passed.id))
"""
STRANDED: Final = """
    select count(*) from (select distinct region from call where status = 'QUEUED') as waiting
    where exists (
        select from agent where state = 'AVAILABLE' and regions ? region
    )
"""


class Desk:
    """The service's commands on a database of their own, each in its transaction."""

    def __init__(self, db: Database, url: str) -> None:
        self.db = db
        self.settings = Settings.model_validate(
            {"database_url": url, "keys_dir": Path(), "always_open": True}
        )

    async def seat(self, agents: int, holds: int, *, state: AgentState, waiting: bool) -> None:
        """Begin anew with so many agents, and customers who may call or wait already."""
        async with self.db.transaction() as tx:
            await tx.execute(text(EMPTY))
            await tx.execute(text(AGENTS), {"many": agents, "state": state})
            await tx.execute(text(JOURNEYS), {"many": holds})
            if waiting:
                await tx.execute(text(CALLS))
        async with self.db.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("analyze"))

    async def count(self, statement: str) -> int:
        """Count rows."""
        async with self.db.transaction() as tx:
            return await tx.scalar(text(statement)) or 0

    async def match(self, region: Region) -> int:
        """Match one region, and return the number of offers."""
        async with self.db.transaction() as tx:
            return len(await match(tx, [region], settings=self.settings, now=now()))

    async def available(self, agent: int) -> None:
        """Let an agent be available."""
        async with self.db.transaction() as tx:
            await choose_state(
                tx, caller(agent), AgentState.AVAILABLE, None, settings=self.settings, now=now()
            )

    async def call(self, customer: int) -> None:
        """Let a customer call."""
        async with self.db.transaction() as tx:
            hold_id, customer_id = id_of("hold", customer), id_of("customer", customer)
            await place_call(tx, hold_id, customer_id, consent(), settings=self.settings, now=now())

    async def finish(self, agent: int) -> bool:
        """Put the call that rings back into the queue, the agent offline; tell whether one rang."""
        async with self.db.transaction() as tx:
            return await tx.scalar(FINISH, {"agent": caller(agent).subject_id}) is not None

    async def answer(self, agent: int) -> bool:
        """Accept the call that rings, end it, and be offline; tell whether one rang."""
        person = caller(agent)
        async with self.db.transaction() as tx:
            rings = text(
                "select call_id, epoch from reservation"
                " where agent_id = :agent and state = 'OFFERED'"
            )
            offer = (await tx.execute(rings, {"agent": person.subject_id})).one_or_none()
            if offer is None:
                return False
            await choose_state(
                tx, person, AgentState.OFFLINE, None, settings=self.settings, now=now()
            )
            call = await accept(tx, offer.call_id, offer.epoch, caller=person, now=now())
            await publish_end(tx, call, call.abandon(now=now()), now=now())
            return True


def now() -> datetime:
    """Read the clock that the service reads."""
    return clock.now()


def consent() -> Consent:
    """Agree to the present text."""
    shown = TEXTS[PRESENT, "vi"]
    return Consent(
        id=uuid7(),
        text_version=shown.version,
        text_sha256=shown.sha256,
        locale=shown.locale,
        purposes=NEEDED,
        sealed_client=bytes(100),
    )


def id_of(kind: str, number: int) -> UUID:
    """Return the id that the database gave a thing, the MD5 of its name."""
    return UUID(md5(f"{kind}{number}".encode(), usedforsecurity=False).hexdigest())


def caller(agent: int) -> Caller:
    """Return an agent as the routes see one."""
    regions: frozenset[Region] = frozenset({REGIONS[agent % len(REGIONS)]})
    return Caller(id_of("agent", agent), "staff", frozenset({"call_agent"}), regions)


@asynccontextmanager
async def desk(server: postgres.Server) -> AsyncIterator[Desk]:
    """Make the database, and give its desk."""
    url = postgres.url(server.port, database="videocall")
    db = Database(url, pool_size=POOL)
    yield Desk(db, url)
    await db.engine.dispose()


def prepare(server: postgres.Server) -> None:
    """Make an empty database of videocall."""
    with psycopg.connect(server.dsn, autocommit=True) as admin:
        admin.execute(b"create database videocall")
    migrations.upgrade("videocall", postgres.url(server.port, database="videocall"))
