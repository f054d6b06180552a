"""Routes that every service has, seen at this one."""

import httpx
import pytest
from services.identity.tests.people import World, admin, problem

from events.ids import uuid7
from kit.testing import client


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PATCH", "/v1/staff", "GET, POST"),
        ("DELETE", "/v1/me", "GET, PATCH"),
        ("GET", "/v1/staff/me/password", "PUT"),
    ],
)
async def test_an_address_says_which_methods_it_has(
    world: World, method: str, path: str, allowed: str
) -> None:
    answer = await world.call(method, path)

    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


async def test_a_slash_at_the_end_is_the_same_address(world: World) -> None:
    with_slash = await world.post("/v1/registrations/", phone="0931266868", password="x" * 9)

    assert with_slash.status_code == 202


async def test_nobody_on_the_way_keeps_a_token(world: World) -> None:
    await world.becomes_customer()

    answers = [await world.logs_in(), await world.logs_in(password="wrong"), await me(world)]

    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
    assert problem(answers[1]) == (401, "login-refused")


async def test_the_word_bearer_may_be_written_small(world: World) -> None:
    """RFC 9110, 11.1: the name of a scheme has no case."""
    token = (await world.becomes_customer())["access_token"]
    async with client(world.app) as http:
        answer = await http.get("/v1/me", headers={"Authorization": f"bearer {token}"})

    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/v1/staff", "/v1/partners"])
async def test_a_cursor_that_was_never_given_out_is_refused(world: World, path: str) -> None:
    unknown = await world.call("GET", f"{path}?after={uuid7()}", admin(world))
    filtered = await world.call("GET", f"{path}?colour=red", admin(world))

    assert problem(unknown) == (422, "unknown-cursor")
    assert problem(filtered) == (422, "unknown-filter")


async def me(world: World) -> httpx.Response:
    return await world.call("GET", "/v1/me", (await world.logs_in()).json()["access_token"])
