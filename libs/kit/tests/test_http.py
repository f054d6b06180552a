"""Whatever goes wrong, the answer is an RFC 9457 problem that says what to do."""

from dataclasses import dataclass, fields
from typing import Any

import pytest
from fastapi import Depends, FastAPI, Request
from pydantic import BaseModel

from events.ids import uuid7
from kit.db import Database, Transaction
from kit.errors import Conflict, Invalid, ServiceError
from kit.http import STATUS, Problem, add_problem_answers, status_of
from kit.middleware import add_middleware
from kit.paging import After, known_filters
from kit.storable_text import refuse_unstorable_text
from kit.testing import client
from values.phones import Phone


@dataclass(eq=False)
class ThingTaken(Conflict):
    """This thing is taken; choose another."""

    thing_id: int


class Body(BaseModel):
    """Something that must be a number."""

    count: int


class Contact(BaseModel):
    """Something with a meaning of its own."""

    phone: Phone


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI()
    add_problem_answers(app)
    add_middleware(app)

    @app.post("/taken")
    async def taken(body: Body) -> None:
        raise ThingTaken(body.count)

    @app.post("/phone")
    async def phone(body: Contact) -> str:
        return body.phone

    @app.get("/bug")
    async def bug() -> None:
        raise RuntimeError("secret inside")

    @app.get("/database")
    async def database(tx: Transaction) -> None:
        await tx.connection()

    return app


async def test_a_business_error_carries_its_name_and_its_facts(app: FastAPI) -> None:
    async with client(app) as caller:
        response = await caller.post("/taken", json={"count": 7})

    assert response.status_code == 409
    assert response.json() == {
        "type": "/problems/thing-taken",
        "title": "This thing is taken; choose another",
        "status": 409,
        "detail": "This thing is taken; choose another, thing_id=7",
        "instance": "/taken",
        "thing_id": 7,
    }


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/taken", '{"count": "many"}', 422),
        ("POST", "/taken", "not json", 422),
        ("GET", "/taken", None, 405),
        ("GET", "/nowhere", None, 404),
        ("GET", "/bug", None, 500),
    ],
)
async def test_every_failure_is_a_problem(
    app: FastAPI, method: str, path: str, body: str | None, status: int
) -> None:
    headers = {"content-type": "application/json"}
    async with client(app) as caller:
        response = await caller.request(method, path, content=body, headers=headers)

    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance"} <= response.json().keys()


async def test_a_bug_and_a_bad_value_leak_nothing(app: FastAPI) -> None:
    async with client(app) as caller:
        bug = await caller.get("/bug")
        bad = await caller.post("/taken", json={"count": "call 0901234567"})

    assert "secret" not in bug.text
    assert "0901234567" not in bad.text
    assert bad.json()["errors"][0]["field"] == "count"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/say", '{"word": "a\\u0000b"}'),
        ("/say", '{"word": "a\\ud800b"}'),
        ("/say", '{"word": "ab", "more": [{"a\\u0000b": 1}]}'),
        ("/say?word=a%00b", '{"word": "ab"}'),
    ],
)
async def test_text_that_cannot_be_kept_is_refused_before_anybody_tries(
    path: str, body: str
) -> None:
    app = FastAPI(dependencies=[Depends(refuse_unstorable_text)])
    add_problem_answers(app)

    @app.post("/say")
    async def say(said: dict[str, Any]) -> str:
        return str(said["word"])

    headers = {"content-type": "application/json"}
    async with client(app) as caller:
        refused = await caller.post(path, content=body, headers=headers)
        taken = await caller.post("/say?word=ab", json={"word": "Mẫu 👍", "more": None})

    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/not-text")
    assert (taken.status_code, taken.json()) == (200, "Mẫu 👍")


async def test_a_body_too_deep_to_read_is_left_to_the_route_that_reads_it() -> None:
    app = FastAPI(dependencies=[Depends(refuse_unstorable_text)])

    @app.post("/raw")
    async def raw(request: Request) -> int:
        return len(await request.body())

    headers = {"content-type": "application/json"}
    async with client(app) as caller:
        answer = await caller.post("/raw", content="[" * 100_000, headers=headers)

    assert answer.json() == 100_000


async def test_a_database_that_is_away_is_a_passing_trouble(app: FastAPI) -> None:
    app.state.db = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")

    async with client(app) as caller:
        response = await caller.get("/database")

    assert response.status_code == 503
    assert response.headers["retry-after"] == "1"


def _all_kinds(kind: type[ServiceError]) -> set[type[ServiceError]]:
    return {kind}.union(*(_all_kinds(sub) for sub in kind.__subclasses__()))


async def test_a_service_names_faults_of_its_own_beside_those_of_the_request(app: FastAPI) -> None:
    """`errors` has one shape, and whatever else a service knows of a fault stays in it."""

    @dataclass(eq=False)
    class PaperWrong(Invalid):
        """This paper is wrong."""

        errors: tuple[dict[str, str], ...]

    fault = {"field": "id_number", "code": "ID_WRONG", "compare_with": "CHIP,REGISTRY"}

    @app.get("/paper")
    async def read_paper() -> None:
        raise PaperWrong((fault,))

    async with client(app) as caller:
        answer = await caller.get("/paper")

    assert (answer.status_code, answer.json()["errors"]) == (422, [fault])


def test_no_error_hides_a_member_of_the_problem_and_each_has_a_title() -> None:
    for kind in _all_kinds(ServiceError) - {ServiceError}:
        assert kind.title(), kind
        members = Problem.model_fields.keys() - {"errors"}  # a service may name faults of its own
        assert not {f.name for f in fields(kind)} & members, kind
        assert status_of(kind) in STATUS.values()


async def test_a_value_that_cannot_be_is_refused_by_its_code_and_not_repeated(
    app: FastAPI,
) -> None:
    async with client(app) as caller:
        taken = await caller.post("/phone", json={"phone": "+84 (0) 931-266-868"})
        refused = await caller.post("/phone", json={"phone": "0951 234 567"})

    assert taken.json() == "84931266868"
    assert (refused.status_code, refused.json()["errors"]) == (
        422,
        [
            {
                "field": "phone",
                "code": "PHONE_INVALID",
                "message": "is not a number that a Vietnamese network gives out",
            }
        ],
    )
    assert "0951" not in refused.text


async def test_a_filter_that_a_list_does_not_have_is_refused_by_name() -> None:
    """A filter that is silently ignored shows more than was asked for."""
    app = FastAPI(dependencies=[Depends(known_filters)])
    add_problem_answers(app)

    @app.get("/things/{thing_id}")
    async def things(thing_id: int, after: After = None) -> int:
        return thing_id if after is None else 0

    @app.get("/anything", openapi_extra={"x-any-query": True})
    async def anything() -> int:
        return 1

    async with client(app) as caller:
        good = [
            await caller.get("/things/7"),
            await caller.get(f"/things/7?after={uuid7()}"),
            await caller.get("/anything?fbclid=1"),
        ]
        refused = await caller.get("/things/7?colour=red&after=&Limit=2")

    assert [one.status_code for one in good] == [200, 200, 200]
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/unknown-filter")
    assert refused.json()["filters"] == ["Limit", "colour"]
