"""A named creating request: repeated, it makes nothing twice; changed, it is refused."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import httpx
import pytest
from fastapi import Body, FastAPI
from sqlalchemy import func, select

from events.ids import uuid7
from kit import clock
from kit.auth import AUDIENCE, ISSUER, AnyCaller
from kit.db import Database, Transaction
from kit.http import add_problem_answers
from kit.idempotency import IdempotencyKey, IdempotentRequest, find_result, save_result
from kit.idempotency.tables import named_request
from kit.revocations.checking import Revocations
from kit.testing import client, token_for
from kit.tokens import Verifier

Sends = Callable[..., Awaitable[httpx.Response]]
LAN = uuid7()


@pytest.fixture
def made() -> list[UUID]:
    return []


@pytest.fixture
def send(db: Database, keys_dir: Path, made: list[UUID]) -> Sends:
    """Order something of a service that makes things, and fails when told to."""
    app = FastAPI()
    add_problem_answers(app)
    app.state.db = db
    app.state.access_tokens = Verifier(keys_dir, ISSUER, AUDIENCE)
    app.state.revocations = Revocations(db)

    @app.post("/things")
    async def make(
        body: Annotated[dict[str, Any], Body()],
        caller: AnyCaller,
        tx: Transaction,
        key: IdempotencyKey = None,
    ) -> UUID:
        request = IdempotentRequest(
            caller=caller.subject_id, route=body["route"], key=key, content=body
        )
        if before := await find_result(tx, request, now=clock.now()):
            return before
        made.append(thing := uuid7())
        await save_result(tx, request, thing, now=clock.now())
        assert not body.get("fails"), "told to"
        return thing

    async def order(
        key: str | None, *, caller_id: UUID = LAN, route: str = "things", **said: Any
    ) -> httpx.Response:
        async with client(app, token_for(keys_dir, subject_id=caller_id)) as http:
            headers = {} if key is None else {"Idempotency-Key": key}
            return await http.post("/things", json=said | {"route": route}, headers=headers)

    return order


async def test_the_same_request_is_answered_with_the_same_thing(
    send: Sends, made: list[UUID]
) -> None:
    first = await send("k1", email="a@b.vn", buyer={"name": "Lan", "tax_code": None})
    again = await send("k1", buyer={"name": "Lan"}, email="a@b.vn")

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert len(made) == 1


async def test_a_key_in_quotes_is_the_same_key(send: Sends, made: list[UUID]) -> None:
    """The draft writes a string of structured fields."""
    await send("8e03978e-40d5-43dd-bc93-6894a57f9324")
    await send('"8e03978e-40d5-43dd-bc93-6894a57f9324"')

    assert len(made) == 1


async def test_a_changed_request_is_refused_and_told_what_differs(
    send: Sends, made: list[UUID]
) -> None:
    await send("k1", email="a@b.vn", buyer={"name": "Lan"}, ward="26740")

    changed = await send("k1", email="c@d.vn", buyer={"name": "Mai"}, ward="26740", more=1)

    assert (changed.status_code, changed.json()["type"]) == (
        422,
        "/problems/key-of-another-request",
    )
    assert changed.json()["differs"] == ["buyer.name", "email", "more"]
    assert len(made) == 1


async def test_a_key_is_its_callers_and_its_routes_own(send: Sends, made: list[UUID]) -> None:
    """Nobody meets what another person or another route has made under the same key."""
    answers = [
        await send("k1", email="a@b.vn"),
        await send("k1", email="a@b.vn", caller_id=uuid7()),
        await send("k1", email="a@b.vn", route="others"),
        await send("k2", email="a@b.vn"),
    ]

    assert len({answer.json() for answer in answers}) == len(made) == 4


async def test_requests_without_a_key_are_each_their_own(send: Sends, made: list[UUID]) -> None:
    await send(None)
    await send(None)

    assert len(made) == 2


@pytest.mark.parametrize("key", ["", "x" * 256, 'a"b', "a\\b", '""'])
async def test_a_key_that_is_none_is_a_problem_that_names_the_header(send: Sends, key: str) -> None:
    answer = await send(key)

    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["errors"][0]["field"]


async def test_of_many_racing_repetitions_one_makes(send: Sends, made: list[UUID]) -> None:
    answers = await asyncio.gather(*(send("k1", email="a@b.vn") for _ in range(12)))

    assert {answer.json() for answer in answers} == {str(made[0])}
    assert len(made) == 1


async def test_what_failed_is_not_remembered(send: Sends, made: list[UUID]) -> None:
    """Stored with the effect or not at all: the repetition tries again."""
    failed = await send("k1", fails=True)
    again = await send("k1", fails=False)

    assert (failed.status_code, again.status_code) == (500, 200)
    assert len(made) == 2


async def test_a_key_is_forgotten_after_a_day_and_a_reference_never(db: Database) -> None:
    now, later = clock.now(), clock.now() + timedelta(hours=25)
    key = IdempotentRequest(caller=LAN, route="r", key="k", content={"a": 1})
    reference = IdempotentRequest(caller=LAN, route="r", key="DH-1", content={"a": 1})
    async with db.transaction() as tx:
        await save_result(tx, key, uuid7(), now=now)
        await save_result(tx, reference, uuid7(), now=now, keep=None)

    async with db.transaction() as tx:
        assert await find_result(tx, key, now=now)
        assert await find_result(tx, key, now=later) is None
        assert await find_result(tx, reference, now=later)
        await save_result(
            tx, IdempotentRequest(caller=LAN, route="r", key="n", content={}), uuid7(), now=later
        )
        assert await tx.scalar(select(func.count()).select_from(named_request)) == 2


async def test_neither_the_key_nor_what_was_said_is_kept(send: Sends, db: Database) -> None:
    await send("my-key", email="lan@example.vn")

    async with db.transaction() as tx:
        [row] = (await tx.execute(select(named_request))).all()
    assert "my-key" not in str(row)
    assert "lan@example.vn" not in str(row)
