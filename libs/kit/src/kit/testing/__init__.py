"""Helpers of every service's tests: tokens, the outbox's events, an empty database."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import httpx
from alembic import command
from fastapi import FastAPI
from sqlalchemy import MetaData, select, text

from events import CATALOGUE, Event
from events.ids import uuid7
from events.transport import Envelope, Inbox, Subscriptions
from events.transport.tables import outbox
from kit.auth import AUDIENCE, ISSUER
from kit.db import Database, Tx
from kit.migrations import chains_of
from kit.tokens import Signer

_DELETE_ALL: Final = """
do $$
declare its regclass;
begin
    set local session_replication_role = replica; -- no trigger and no foreign key looks
    for its in select oid from pg_class
        where relnamespace = 'public'::regnamespace
            and relkind in ('r', 'p') and relname not like '%\\_version'
    loop
        execute format('delete from %s', its);
    end loop;
end $$
"""


def token_for(
    keys: Path,
    kind: str = "customer",
    *,
    subject_id: UUID | None = None,
    **claims: Any,
) -> str:
    """Sign an access token as identity would: `token_for(keys, "staff", roles=["osp_staff"])`."""
    body = {"sub": str(subject_id or uuid7()), "kind": kind} | claims
    return Signer(keys, ISSUER).sign(AUDIENCE, body, ttl=timedelta(hours=1))


def bearer(token: str) -> dict[str, str]:
    """Return the header that carries a token."""
    return {"Authorization": f"Bearer {token}"}


def client(app: FastAPI, token: str | None = None) -> httpx.AsyncClient:
    """Call an app's routes in this process. Its lifespan does not run: HTTP needs no bus."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False),
        base_url="http://service",
        headers=bearer(token) if token else {},
    )


async def empty(db: Database) -> None:
    """Delete all rows a test wrote, also what triggers keep; one statement for all tables."""
    async with db.engine.begin() as connection:
        await connection.execute(text(_DELETE_ALL))


async def facts(db: Database) -> list[Event]:
    """Return the events of the outbox that are not sent yet, in order."""
    async with db.transaction() as tx:
        rows = await tx.execute(select(outbox.c.topic, outbox.c.payload).order_by(outbox.c.id))
        return [CATALOGUE[topic].model_validate_json(payload) for topic, payload in rows]


async def published(db: Database) -> list[str]:
    """Return the names of the events that are not sent yet, in order."""
    return [fact.topic for fact in await facts(db)]


async def deliver(db: Database, subscriptions: Subscriptions[Tx], *events: Event) -> None:
    """Let a service consume events, as one batch."""
    await Inbox(subscriptions, db.transaction).take([Envelope.around(event) for event in events])


async def assert_migrated(service: str, metadata: MetaData, db: Database) -> None:
    """Fail unless the chains of migrations make exactly the tables the code has."""
    url = db.engine.url.render_as_string(hide_password=False)
    assert metadata.tables, "no tables to compare"
    for chain in chains_of(service):
        await asyncio.to_thread(command.check, chain.config(url))
