"""A token names the program its customer has signed in with (LAW01, F1.12, F1.18)."""

from typing import Any

import pytest
from services.identity.tests.people import LAN, PASSWORD, World, admin, opened, problem

from kit.cookies import ACCESS_COOKIE
from kit.testing import client as client_of

PAGE = {"X-Requested-By": "web"}
SIGN_IN = {"phone": LAN, "password": PASSWORD}


async def client_named(world: World, *, page: bool = False, **said: str) -> str:
    """Sign in, and return the client that the access token names."""
    async with client_of(world.app) as http:
        answer = await http.post("/v1/sessions", json=SIGN_IN | said, headers=PAGE if page else {})
    assert answer.status_code == 201, answer.text
    if not page:
        return str(opened(world, answer.json())["client"])
    token = opened(world, {"access_token": answer.cookies[ACCESS_COOKIE]})
    assert token["client"] == answer.json()["client"]
    return str(token["client"])


async def test_a_page_is_a_browser_and_every_other_client_an_app_unless_it_says_otherwise(
    world: World,
) -> None:
    pair = await world.becomes_customer()

    assert opened(world, pair)["client"] == "app"
    assert await client_named(world) == "app"
    assert await client_named(world, client="browser") == "browser"
    assert await client_named(world, page=True) == "browser"
    assert await client_named(world, page=True, client="app") == "app"


async def test_a_registration_and_staff_name_their_client_too(world: World) -> None:
    registration = await world.registers()
    code = await world.code_for()
    await world.post(
        "/v1/staff", admin(world), username="osp7", password=PASSWORD, roles=["osp_staff"]
    )

    lan = await world.post(f"/v1/registrations/{registration}/otp", code=code, client="browser")
    osp = await world.post(
        "/v1/staff-sessions", username="osp7", password=PASSWORD, client="browser"
    )

    assert opened(world, lan.json())["client"] == "browser"
    assert opened(world, osp.json())["client"] == "browser"


async def test_a_client_stays_what_it_is_until_a_refresh_names_another(world: World) -> None:
    """A browser and the app that is installed from it share their cookies."""
    await world.becomes_customer()
    pair: dict[str, Any] = (await world.post("/v1/sessions", **SIGN_IN, client="browser")).json()

    clients = []
    for said in ({}, {"client": "app"}, {}):
        body = {"refresh_token": pair["refresh_token"]} | said
        pair = (await world.post("/v1/sessions/refresh", **body)).json()
        clients.append(opened(world, pair)["client"])

    assert clients == ["browser", "app", "app"]


async def test_a_new_password_changes_no_client(world: World) -> None:
    await world.becomes_customer()
    pair = (await world.post("/v1/sessions", **SIGN_IN, client="browser")).json()

    changed = await world.call(
        "PUT",
        "/v1/me/password",
        pair["access_token"],
        current=PASSWORD,
        password="mat-khau-moi-cua-lan",
    )

    assert opened(world, changed.json())["client"] == "browser"


@pytest.mark.parametrize("client", ["television", "", "APP"])
async def test_a_client_that_is_neither_is_refused(world: World, client: str) -> None:
    answer = await world.post("/v1/sessions", **SIGN_IN, client=client)

    assert problem(answer) == (422, "invalid-request")
