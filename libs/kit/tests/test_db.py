"""A transaction commits before anybody is told that it did."""

import asyncio
from datetime import timedelta, timezone

import pytest
from fastapi import FastAPI
from psycopg import AsyncConnection
from sqlalchemy import TIMESTAMP, cast, select, text

from kit.db import Database, Transaction
from kit.http import add_problem_answers
from kit.testing import client


def app_on(db: Database) -> FastAPI:
    app = FastAPI()
    app.state.db = db
    add_problem_answers(app)

    @app.post("/things")
    async def late(tx: Transaction) -> dict[str, str]:
        await tx.execute(text("insert into thing (id, slot) values (1, 1), (2, 1)"))
        return {"status": "saved"}

    return app


async def test_a_commit_that_fails_is_never_reported_as_success(db: Database) -> None:
    async with client(app_on(db)) as caller:
        response = await caller.post("/things")

    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "slot" not in response.text


async def test_of_those_who_want_an_advisory_lock_one_has_it_at_a_time(db: Database) -> None:
    inside, most = 0, 0

    async def decide() -> None:
        nonlocal inside, most
        async with db.transaction() as tx:
            await tx.advisory_lock("the same", "thing")
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1

    await asyncio.gather(*(decide() for _ in range(6)))

    assert most == 1


@pytest.mark.parametrize(
    ("kept", "year"),
    [
        ("0001-01-01T00:00:00+07:00", 1),
        ("4713-01-01 00:00:00+00 BC", 1),
        ("-infinity", 1),
        ("0001-01-01T00:00:00Z", 1),
        ("9999-12-31T23:59:59-07:00", 9999),
        ("294276-01-01T00:00:00Z", 9999),
        ("infinity", 9999),
        ("2026-11-22T14:15:00+07:00", 2026),
    ],
)
@pytest.mark.parametrize("binary", [False, True], ids=["as text", "binary"])
async def test_a_moment_that_python_cannot_name_does_not_end_a_list(
    db: Database, kept: str, year: int, *, binary: bool
) -> None:
    """A row that was kept before moments were bounded is read by everybody, at every offset."""
    async with db.transaction() as tx:
        driver = (await (await tx.connection()).get_raw_connection()).driver_connection
        assert isinstance(driver, AsyncConnection)
        cursor = driver.cursor(binary=binary)
        rows = await (await cursor.execute("select %s::timestamptz", [kept])).fetchall()
        read = await tx.scalar(select(cast(kept, TIMESTAMP(timezone=True))))

    assert read == rows[0][0]
    assert read is not None
    for hours in (-23, 0, 23):
        assert read.astimezone(timezone(timedelta(hours=hours))).year == year
