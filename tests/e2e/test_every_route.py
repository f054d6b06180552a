"""Every route against everything that is wrong: who asks, for what, and what is sent.

The routes are what the services say of themselves (OpenAPI, through the gateway); what each should
answer is written in routes.toml. Which roles may ask is the subject of test_roles.py.
"""

from collections.abc import Iterator
from typing import Any, Final

import httpx
import pytest
from tests.e2e.callers import Callers
from tests.e2e.routes import METHODS, Route, Sent, table

from demo.actors import Actors

TABLE: Final = table()
GARBAGE: Final = ("\0", "x" * 5_000, "-1", "9" * 30, "%", "a b'\"--")
OK: Final = range(200, 300)

every_route = pytest.mark.parametrize("route", TABLE, ids=[route.name for route in TABLE])


@pytest.fixture(scope="session")
async def described(actors: Actors) -> dict[str, dict[str, Any]]:
    """Ask every service for its routes."""
    routes: dict[str, dict[str, Any]] = {}
    for service in dict.fromkeys(route.service for route in TABLE):
        description = await actors.gateway.get(f"/api/{service}/openapi.json")
        routes |= {
            f"{method.upper()} /api/{service}{path}": says
            for path, methods in description["paths"].items()
            for method, says in methods.items()
            if method in METHODS
        }
    return routes


class Asker:
    """Asks one route and remembers every answer that is not as it should be."""

    def __init__(self, callers: Callers, route: Route) -> None:
        self.callers, self.route = callers, route
        self.wrong: list[str] = []

    async def asks(
        self,
        what: str,
        expected: int | range,
        *,
        token: str | None,
        story: dict[str, str] | None = None,
        sent: Sent | None = None,
        params: dict[str, str] | None = None,
    ) -> None:
        """Send one request."""
        story = story or self.callers.story
        sent = sent or self.route.right(story)
        answer = await self.callers.gateway.as_(token or "").raw(
            self.route.method,
            self.route.address(story),
            content=sent.content,
            headers=sent.headers,
            params=params,
        )
        faults = [*self._faults(answer, expected), *_beside(sent.field, answer)]
        self.wrong += [f"{what}: {fault}" for fault in faults]

    def wrong_answers(self) -> str:
        """Say what is wrong, a line each."""
        return "\n".join([self.route.name, *self.wrong])

    def _faults(self, answer: httpx.Response, expected: int | range) -> Iterator[str]:
        statuses = expected if isinstance(expected, range) else (expected,)
        if answer.status_code not in statuses:
            yield f"{answer.status_code} instead of {expected}: {answer.text[:200]}"
        if answer.is_error:
            yield from self._shape(answer)
            yield from (
                f"tells {secret}" for secret in self.callers.personal if secret in answer.text
            )

    def _shape(self, answer: httpx.Response) -> Iterator[str]:
        """Compare an error with RFC 9457, or with what this route speaks."""
        kind = answer.headers.get("content-type", "")
        made_by_us = answer.status_code in {401, 413} and "problem" in kind
        if self.route.speaks == "oauth" and not made_by_us:
            if "error" not in answer.json():
                yield f"no RFC 6749 error: {answer.text[:200]}"
            return
        if kind != "application/problem+json":
            yield f"{answer.status_code} is {kind!r}, no problem: {answer.text[:200]}"
            return
        said = answer.json()
        missing = {"type", "title", "status", "detail", "instance"} - said.keys()
        if missing or said["status"] != answer.status_code:
            yield f"not a whole problem: {answer.text[:200]}"
        elif not answer.request.url.path.endswith(said["instance"]):
            yield f"is about another address: {said['instance']}"


def _beside(field: str | None, answer: httpx.Response) -> Iterator[str]:
    """Look whether anything else was wrong than the one field that was made wrong."""
    if field and answer.status_code == 422:
        for error in answer.json().get("errors", []):
            if not {field, "body"} & set(error["field"].split(".")):
                yield f"the table's own body is not right: {error}"


@pytest.fixture
async def asker(callers: Callers, route: Route) -> Asker:
    return Asker(callers, route)


def test_the_table_lists_exactly_the_routes_there_are(described: dict[str, Any]) -> None:
    listed = {route.name for route in TABLE}
    for name in sorted(described.keys() - listed):
        pytest.fail(f"{name} is new: say in routes.toml with what it is called.")
    for name in sorted(listed - described.keys()):
        pytest.fail(f"{name} is gone: take it out of routes.toml.")


@every_route
async def test_without_a_good_token_it_is_closed(route: Route, asker: Asker) -> None:
    for what, token in asker.callers.no_tokens.items():
        if not route.is_public:
            await asker.asks(what, 401, token=token, story=asker.callers.nowhere())
    assert not asker.wrong, asker.wrong_answers()


@pytest.mark.parametrize(
    "route",
    [r for r in TABLE if r.is_public and r.method == "GET"],
    ids=lambda route: route.name,
)
async def test_where_none_is_needed_a_bad_token_is_in_nobodys_way(
    route: Route, asker: Asker
) -> None:
    nobody = await asker.callers.gateway.raw(route.method, route.address(asker.callers.story))
    for what, token in asker.callers.no_tokens.items():
        await asker.asks(what, nobody.status_code, token=token)
    assert not asker.wrong, asker.wrong_answers()


@pytest.mark.parametrize(
    "route", [r for r in TABLE if r.in_path or r.objects], ids=lambda route: route.name
)
async def test_an_id_that_names_nothing_finds_nothing(route: Route, asker: Asker) -> None:
    token = _token_of(route, asker.callers)
    if route.objects:
        await asker.asks("unknown", 404, token=token, story=asker.callers.nowhere())
    for name in route.in_path:
        told = route.renamed.get(name, name)
        broken = asker.callers.story | {told: "not-an-id"}
        await asker.asks(
            f"broken {name}", route.malformed.get(name, 422), token=token, story=broken
        )
    assert not asker.wrong, asker.wrong_answers()


@pytest.mark.parametrize(
    "route", [r for r in TABLE if r.objects and r.foreign != "all"], ids=lambda route: route.name
)
async def test_what_belongs_to_somebody_else_is_not_there(route: Route, asker: Asker) -> None:
    role = route.owner
    await asker.asks(f"foreign {role}", route.foreign, token=asker.callers.strangers[role])
    if route.method == "GET":  # and it was there: its owner sees it
        own = route.statuses.get("own", 200)
        await asker.asks(f"own {role}", own, token=asker.callers.tokens[role])
    assert not asker.wrong, asker.wrong_answers()


@pytest.mark.parametrize(
    "route", [r for r in TABLE if r.body is not None or r.jpeg], ids=lambda route: route.name
)
async def test_a_bad_body_is_refused(route: Route, asker: Asker) -> None:
    token = _token_of(route, asker.callers)
    for sent in route.wrong(asker.callers.story):
        expected = route.bad.get(sent.fault) or sent.status or 422
        await asker.asks(sent.fault, expected, token=token, sent=sent)
    assert not asker.wrong, asker.wrong_answers()


@pytest.mark.parametrize(
    "route", [r for r in TABLE if "plain" in r.statuses], ids=lambda route: route.name
)
async def test_right_words_from_the_wrong_mouth_do_nothing(route: Route, asker: Asker) -> None:
    token = _token_of(route, asker.callers)
    await asker.asks("plain", route.statuses["plain"], token=token)
    assert not asker.wrong, asker.wrong_answers()


@every_route
async def test_garbage_in_the_query_breaks_nothing(
    route: Route, asker: Asker, described: dict[str, Any]
) -> None:
    parameters = described[route.name].get("parameters", [])
    for name in [parameter["name"] for parameter in parameters if parameter["in"] == "query"]:
        for value in GARBAGE:
            await asker.asks(
                f"{name}={value[:9]!r}",
                range(200, 500),
                token=_token_of(route, asker.callers),
                params={name: value},
            )
    assert not asker.wrong, asker.wrong_answers()


def _token_of(route: Route, callers: Callers) -> str | None:
    return None if route.is_public else callers.tokens[route.owner]
