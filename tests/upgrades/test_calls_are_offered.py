"""The desk of a database in use: agents, calls in hand and waiting go over to offers."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from events.ids import uuid7
from kit import migrations

BUSY, RESTING, IDLE, HOLDS = uuid7(), uuid7(), uuid7(), [uuid7() for _ in range(3)]
AGENTS: Final = """
insert into presence (agent_id, regions, seen_at, readiness, reason_code, since) values
    (:busy, '["KV2"]', now(), 'READY', null, now()), (:idle, '[]', now(), 'READY', null, null),
    (:resting, '["KV2"]', now(), 'BREAK', 'MEAL', now())
"""
CALLS: Final = """
insert into call
    (id, hold_id, region, team, status, "returning", queued_at, agent_id, started_at, version)
values (:id, :hold, 'KV2', 'KV2-CALL', :status, true, now(), :agent, now(), 1)
"""


@pytest.fixture
async def before(postgres_url: str) -> AsyncIterator[AsyncEngine]:
    """Make a database in which agents pulled their calls."""
    name = f"test_offers_{uuid7().hex[-8:]}"
    admin = create_async_engine(postgres_url, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f'create database "{name}"'))
    engine = create_async_engine(make_url(postgres_url).set(database=name))
    await asyncio.to_thread(command.upgrade, config_of(engine), "0010")
    yield engine
    await engine.dispose()
    async with admin.connect() as connection:
        await connection.execute(text(f'drop database "{name}" with (force)'))
    await admin.dispose()


def config_of(engine: AsyncEngine) -> Config:
    address = engine.url.render_as_string(hide_password=False)
    return migrations.config_for("videocall", address)


async def test_who_has_a_call_or_a_break_keeps_it_and_others_begin_the_shift_anew(
    before: AsyncEngine,
) -> None:
    async with before.begin() as connection:
        await connection.execute(text(AGENTS), {"busy": BUSY, "idle": IDLE, "resting": RESTING})
        for hold, status in zip(HOLDS, ("IN_CALL", "QUEUED", "ABANDONED"), strict=True):
            await connection.execute(
                text("insert into journey (hold_id) values (:hold)"), {"hold": hold}
            )
            agent = BUSY if status == "IN_CALL" else None
            row = {"id": uuid7(), "hold": hold, "status": status, "agent": agent}
            await connection.execute(text(CALLS), row)

    await asyncio.to_thread(command.upgrade, config_of(before), "head")

    async with before.connect() as connection:
        agents = await connection.execute(text("select id, state, reason_code, call_id from agent"))
        states = {row.id: (row.state, row.reason_code) for row in agents}
        calls = await connection.execute(text("select status, priority, missed_offers from call"))
        priorities = {row.status: (row.priority, row.missed_offers) for row in calls}
        live = await connection.execute(
            text("select r.agent_id, state, status from reservation r join call on id = call_id")
        )
        reserved = [tuple(row) for row in live]
    assert states == {BUSY: ("BUSY", None), RESTING: ("BREAK", "MEAL"), IDLE: ("OFFLINE", None)}
    assert priorities == {"IN_CALL": (0, 0), "QUEUED": (2, 0), "ABANDONED": (0, 0)}
    assert reserved == [(BUSY, "ACCEPTED", "IN_CALL")]
    await asyncio.to_thread(command.downgrade, config_of(before), "0010")
    await asyncio.to_thread(command.upgrade, config_of(before), "head")
