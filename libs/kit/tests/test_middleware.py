"""Every route has one address, answers that no cache keeps, and whole problems."""

from dataclasses import dataclass

import pytest
from fastapi import FastAPI, Response

from kit.errors import TooManyRequests
from kit.http import add_problem_answers
from kit.middleware import add_middleware
from kit.testing import client


@dataclass(eq=False)
class TooOften(TooManyRequests):
    """Too often: wait."""

    retry_after_seconds: int


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI()
    add_problem_answers(app)
    add_middleware(app)

    @app.get("/v1/things")
    async def read() -> str:
        return "read"

    @app.post("/v1/things")
    async def write() -> None:
        raise TooOften(42)

    @app.delete("/v1/things")
    async def drop() -> None:
        raise RuntimeError

    @app.get("/v1/public")
    async def public(response: Response) -> str:
        response.headers["Cache-Control"] = "max-age=60"
        return "public"

    return app


async def test_a_refused_method_is_told_all_that_are_allowed(app: FastAPI) -> None:
    """RFC 9110, 15.5.6: not those of the first route of the address alone."""
    async with client(app) as caller:
        answer = await caller.patch("/v1/things")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "DELETE, GET, POST"


@pytest.mark.parametrize(
    ("method", "status"),
    [("PATCH", 405), ("POST", 429), ("DELETE", 500)],
)
async def test_a_problem_is_about_the_address_that_was_asked_for(
    app: FastAPI, method: str, status: int
) -> None:
    """The gateway shortens it; the client has never heard of the short one."""
    asked_for = {"x-envoy-original-path": "/api/hold/v1/things?phone=84901234567"}
    async with client(app) as caller:
        answer = await caller.request(method, "/v1/things", headers=asked_for)
        direct = await caller.request(method, "/v1/things")

    assert answer.status_code == status
    assert answer.json()["instance"] == "/api/hold/v1/things"
    assert direct.json()["instance"] == "/v1/things"


async def test_who_asks_too_often_is_told_when_to_ask_again(app: FastAPI) -> None:
    async with client(app) as caller:
        answer = await caller.post("/v1/things")

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "42")


@pytest.mark.parametrize("slashes", ["/", "//"])
async def test_a_slash_at_the_end_changes_nothing(app: FastAPI, slashes: str) -> None:
    """A redirect would name an address inside, which nobody outside can reach."""
    async with client(app) as caller:
        answer = await caller.get(f"/v1/things{slashes}?limit=1")

    assert (answer.status_code, answer.json()) == (200, "read")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/things"), ("POST", "/v1/things"), ("DELETE", "/v1/things"), ("GET", "/nowhere")],
)
async def test_nobody_on_the_way_keeps_an_answer(app: FastAPI, method: str, path: str) -> None:
    async with client(app) as caller:
        answer = await caller.request(method, path)

    assert answer.headers["cache-control"] == "no-store"


async def test_a_route_may_say_that_its_answer_is_for_everybody(app: FastAPI) -> None:
    async with client(app) as caller:
        answer = await caller.get("/v1/public")

    assert answer.headers["cache-control"] == "max-age=60"
