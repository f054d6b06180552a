"""A transaction commits before anybody is told that it did."""

import asyncio

from fastapi import FastAPI
from sqlalchemy import text

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


async def test_those_who_take_turns_never_decide_at_the_same_time(db: Database) -> None:
    inside, most = 0, 0

    async def decide() -> None:
        nonlocal inside, most
        async with db.transaction() as tx:
            await tx.take_turns("the same", "thing")
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1

    await asyncio.gather(*(decide() for _ in range(6)))

    assert most == 1
