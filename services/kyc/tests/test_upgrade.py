"""A database that is in use is upgraded in place, with what it holds."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from alembic import command
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from events.ids import uuid7
from kit.migrations import config_for

BEFORE = """
insert into journey (hold_id) values ('01a22000-0000-7000-8000-000000000001');
insert into session (id, hold_id, status, opened_at, attempt, failures_in_a_row, declaration,
    id_index, document_kind, verdict, reason_codes, attempts_left, version)
values ('01a22000-0000-7000-8000-000000000002', '01a22000-0000-7000-8000-000000000001',
    'KYC_PASSED', now(), 1, 0, 'form', 'index', 'CC', '{}', '[]', 3, 1);
insert into image (session_id, kind, sealed, sha256, captured_at, received_at)
values ('01a22000-0000-7000-8000-000000000002', 'FRONT', 'picture', 'judged', now(), now()),
    ('01a22000-0000-7000-8000-000000000002', 'BACK', 'picture', 'newer', now(), now());
insert into attempt (session_id, number, submitted_at, evidence)
values ('01a22000-0000-7000-8000-000000000002', 1, now(),
    '{"FRONT": "judged", "BACK": "lost"}');
"""


@pytest.fixture
async def old(postgres_url: str) -> AsyncIterator[AsyncEngine]:
    """Make a database of its own for one test, with nothing in it."""
    name = f"test_kyc_old_{uuid7().hex[-8:]}"
    admin = create_async_engine(postgres_url, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f'create database "{name}"'))
    engine = create_async_engine(make_url(postgres_url).set(database=name))
    yield engine
    await engine.dispose()
    async with admin.connect() as connection:
        await connection.execute(text(f'drop database "{name}" with (force)'))
    await admin.dispose()


async def test_papers_that_were_judged_before_are_kept_under_their_attempt(
    old: AsyncEngine,
) -> None:
    config = config_for("kyc", old.url.render_as_string(hide_password=False))
    await asyncio.to_thread(command.upgrade, config, "0004")
    async with old.begin() as connection:
        await connection.exec_driver_sql(BEFORE)

    await asyncio.to_thread(command.upgrade, config, "head")

    async with old.begin() as connection:
        kept = await connection.execute(text("select kind, sha256, sealed from evidence"))
        [form] = await connection.scalars(text("select declaration from attempt"))
        assert [tuple(row) for row in kept] == [("FRONT", "judged", b"picture")]
        assert form == b"form"
