"""A transaction commits before anybody is told that it did."""

import asyncio
from datetime import timedelta, timezone

import pytest
from fastapi import FastAPI
from psycopg import AsyncConnection
from sqlalchemy import TIMESTAMP, cast, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from kit.db import Database, Transaction, Tx
from kit.http import add_problem_answers
from kit.pooled_connections import ping_doubtful
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


async def test_an_advisory_lock_without_a_transaction_is_one_process_at_a_time(
    db: Database,
) -> None:
    async with (
        db.try_advisory_lock("a", "job") as first,
        db.try_advisory_lock("a", "job") as second,
    ):
        assert (first, second) == (True, False)
    async with db.try_advisory_lock("a", "job") as again:
        assert again


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


async def pid_of(tx: Tx) -> int:
    """Return the process id of the server's side of a connection."""
    pid: int = (await tx.scalars(select(func.pg_backend_pid()))).one()
    return pid


async def last_statement(db: Database, pid: int) -> str:
    """Return what the server was told last on a connection, as another connection sees it."""
    async with db.transaction() as tx:
        asked = text("select query from pg_stat_activity where pid = :pid")
        query: str = (await tx.scalars(asked, {"pid": pid})).one()
        return query


async def test_connections_that_the_server_has_ended_are_replaced_before_a_transaction_uses_them(
    db: Database,
) -> None:
    """The server restarts, or an operator ends its sessions: nobody notices."""
    pooled = Database(db.engine.url.render_as_string(hide_password=False), pool_size=3)
    everybody = asyncio.Barrier(3)

    async def use() -> int:
        async with pooled.transaction() as tx:
            pid = await pid_of(tx)
            await everybody.wait()
            return pid

    before = set(await asyncio.gather(use(), use(), use()))
    async with db.transaction() as tx:
        for pid in before:  # returns once it is gone
            await tx.execute(select(func.pg_terminate_backend(pid, 5000)))
    after = set(await asyncio.gather(use(), use(), use()))
    await pooled.engine.dispose()

    assert len(before) == len(after) == 3
    assert not before & after


@pytest.mark.parametrize(("idle_seconds", "last"), [(60.0, "COMMIT"), (0.0, ";")])
async def test_the_server_is_asked_only_for_a_connection_that_has_idled(
    db: Database, idle_seconds: float, last: str
) -> None:
    """A ping for every transaction would be a round trip more for each (decision 0030)."""
    engine = create_async_engine(db.engine.url, pool_size=1)
    ping_doubtful(engine.sync_engine, idle_seconds=idle_seconds)
    async with engine.begin() as connection:
        pid = (await connection.scalars(select(func.pg_backend_pid()))).one()

    async with engine.connect():
        told = await last_statement(db, pid)
    await engine.dispose()

    assert told == last


async def notify_in_vain(db: Database) -> None:
    async with db.transaction() as tx:
        tx.notify("news", "never")
        await tx.execute(text("insert into thing (id, slot) values (1, 1), (1, 1)"))


async def test_listeners_hear_of_a_commit_and_of_nothing_that_was_rolled_back(db: Database) -> None:
    address = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with await AsyncConnection.connect(address, autocommit=True) as listener:
        await listener.execute("listen news")
        with pytest.raises(IntegrityError):
            await notify_in_vain(db)
        async with db.transaction() as tx:
            tx.notify("news", "first", "second")

        heard = [note.payload async for note in listener.notifies(timeout=10, stop_after=2)]

    assert heard == ["first", "second"]
