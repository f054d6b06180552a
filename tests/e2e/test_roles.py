"""The matrix of roles and routes (docs/roles.md), asked through the gateway.

Every route is called in every role: one that the table does not name is refused, one that it names
is never refused for its role. The callers who may are of a region in which nothing happened, and
name objects that are not there, so that nothing of this changes anything.
"""

from typing import Final

import httpx
import pytest
from tests.e2e.callers import Callers
from tests.e2e.routes import Route, table

from values.roles import ROLES, STAFF_ROLES

TABLE: Final = table()
WRONG_ROLE: Final = "wrong-role"
UNSCOPED: Final = {"staff_id", "partner_id", "number_id", "agent_id"}
"""Objects of the head office, which belong to no region."""

closed_routes = pytest.mark.parametrize(
    "route", [route for route in TABLE if not route.is_public], ids=lambda route: route.name
)


async def call(
    callers: Callers,
    route: Route,
    role: str,
    *,
    story: dict[str, str],
    content: bytes | None = None,
) -> tuple[int, str, str]:
    """Call a route as somebody of a role; return status, kind of problem and body.

    Only the beginning of an endless answer is read.
    """
    right = route.right(story)
    request = callers.gateway.client.build_request(
        route.method,
        route.address(story),
        content=right.content if content is None else content,
        headers=right.headers | {"Authorization": f"Bearer {callers.forged[role]}"},
    )
    answer = await callers.gateway.client.send(request, stream=True)
    try:
        endless = answer.headers.get("content-type", "").startswith("text/event-stream")
        text = "" if endless else (await answer.aread()).decode(errors="replace")
    finally:
        await answer.aclose()
    return answer.status_code, _problem(answer), text


def _problem(answer: httpx.Response) -> str:
    if answer.headers.get("content-type") != "application/problem+json":
        return ""
    return str(answer.json()["type"]).rpartition("/")[2]


@closed_routes
async def test_a_route_is_open_to_the_roles_of_the_table_and_to_no_other(
    callers: Callers, route: Route
) -> None:
    story = callers.nowhere()
    nothing = b"{}" if route.body is not None else None  # so that what has no object makes none
    wrong = []
    for role in ROLES:
        status, problem, text = await call(callers, route, role, story=story, content=nothing)
        refused = (status, problem) == (403, WRONG_ROLE)
        if refused is (role in route.roles) or status == 401 or status >= 500:
            wrong.append(f"{role}: {status} {text[:200]}")
    assert not wrong, "\n".join([route.name, *wrong])


@pytest.mark.parametrize(
    "route",
    [r for r in TABLE if r.objects and r.foreign != "all" and set(r.roles) & set(STAFF_ROLES)],
    ids=lambda route: route.name,
)
async def test_an_object_of_another_region_looks_like_none(callers: Callers, route: Route) -> None:
    answers = {
        role: (await call(callers, route, role, story=callers.story))[0] for role in route.roles
    }
    assert answers == dict.fromkeys(route.roles, route.foreign)


@pytest.mark.parametrize(
    "route",
    [
        route
        for route in TABLE
        if route.method == "GET" and not route.in_path and set(route.roles) & set(STAFF_ROLES)
    ],
    ids=lambda route: route.name,
)
async def test_a_list_shows_nothing_of_another_region(callers: Callers, route: Route) -> None:
    foreign = {
        name: value
        for name, value in callers.story.items()
        if name.endswith("_id") and name not in UNSCOPED
    }
    for role in set(route.roles) & set(STAFF_ROLES):
        _, _, text = await call(callers, route, role, story=callers.story)
        assert not [name for name, value in foreign.items() if value in text], role
        assert not [value for value in callers.personal if value in text], role
