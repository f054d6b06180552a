"""Signing in from a page, through the gateway: tokens in cookies, changes by our pages alone."""

from collections.abc import AsyncIterator
from typing import Final

import httpx
import pytest

from demo.actors import Actors
from demo.gateway import until
from demo.shopper import PASSWORD, Shopper
from kit.cookies import ACCESS_COOKIE, CONSOLE, REQUESTED_BY

IDENTITY: Final = "/api/identity/v1"
PAGE: Final = {"X-Requested-By": "web"}
OTHER_SITE: Final = {"Origin": "https://elsewhere.example"}
"""The headers of another site's form: the one that only our pages send is missing."""


@pytest.fixture
async def lan(actors: Actors) -> Shopper:
    lan = actors.stranger()
    await lan.registers()
    return lan


@pytest.fixture
async def browser(actors: Actors, lan: Shopper) -> AsyncIterator[httpx.AsyncClient]:
    """Give a browser in which a customer has signed in."""
    async with httpx.AsyncClient(base_url=actors.gateway.client.base_url) as browser:
        body = {"phone": lan.person.phone, "password": PASSWORD}
        answer = await browser.post(f"{IDENTITY}/sessions", json=body, headers=PAGE)
        assert answer.status_code == 201, answer.text
        yield browser


async def test_a_page_is_signed_in_by_its_cookie_at_every_service(
    browser: httpx.AsyncClient,
) -> None:
    """F1.18: the gateway reads the token from the cookie, and so do the services behind it."""
    for path in ("identity/v1/me", "hold/v1/holds", "order/v1/orders", "notification/v1/me/inbox"):
        answer = await browser.get(f"/api/{path}")
        assert answer.status_code == 200, (path, answer.text)
    current = (await browser.get(f"{IDENTITY}/sessions/current")).json()
    assert current["signed_in"]["client"] == "browser"


async def test_no_token_is_in_an_answer_that_a_script_could_read(
    browser: httpx.AsyncClient,
) -> None:
    refreshed = await browser.post(f"{IDENTITY}/sessions/refresh", headers=PAGE)

    assert refreshed.status_code == 200
    assert "token" not in refreshed.text
    assert not any(
        cookie.value and cookie.value in refreshed.text for cookie in browser.cookies.jar
    )
    lines = refreshed.headers.get_list("set-cookie")
    assert len(lines) == 2
    assert all("httponly" in line.lower() for line in lines)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "hold/v1/holds"),
        ("POST", "order/v1/orders"),
        ("PATCH", "identity/v1/me"),
        ("PUT", "notification/v1/me/contacts"),
        ("POST", "kyc/v1/sessions"),
        ("POST", "identity/v1/sessions/refresh"),
        ("DELETE", "identity/v1/sessions/current"),
    ],
)
async def test_a_change_that_another_site_makes_the_browser_send_is_refused(
    browser: httpx.AsyncClient, method: str, path: str
) -> None:
    answer = await browser.request(method, f"/api/{path}", headers=OTHER_SITE)

    assert answer.status_code == 403, answer.text
    assert answer.json()["type"] == "/problems/cross-site-request"
    assert (await browser.get(f"{IDENTITY}/me")).status_code == 200


async def test_a_cookie_that_is_no_good_closes_no_public_route(
    browser: httpx.AsyncClient,
) -> None:
    for cookie in ("x.y.z", browser.cookies[ACCESS_COOKIE][:-3]):
        bad = {"Cookie": f"{ACCESS_COOKIE}={cookie}"}
        async with httpx.AsyncClient(base_url=browser.base_url, headers=bad) as stranger:
            numbers = await stranger.get("/api/catalog/v1/numbers")
            current = await stranger.get(f"{IDENTITY}/sessions/current")
            own = await stranger.get(f"{IDENTITY}/me")

        assert (numbers.status_code, current.status_code, own.status_code) == (200, 200, 401)
        assert current.json() == {"signed_in": None, "can_refresh": False}


async def test_signing_out_closes_every_service_to_a_copy_of_the_cookie(
    browser: httpx.AsyncClient,
) -> None:
    copied = {"Cookie": f"{ACCESS_COOKIE}={browser.cookies[ACCESS_COOKIE]}"}

    gone = await browser.delete(f"{IDENTITY}/sessions/current", headers=PAGE)

    assert gone.status_code == 204
    assert not browser.cookies
    async with httpx.AsyncClient(base_url=browser.base_url, headers=copied) as thief:
        for path in ("identity/v1/me", "hold/v1/holds", "order/v1/orders"):

            async def is_closed(path: str = path) -> bool:
                return (await thief.get(f"/api/{path}")).status_code == 401

            await until(f"{path} is closed to a signed-out token", is_closed)


async def test_one_browser_is_a_customers_page_and_the_console_at_once(
    browser: httpx.AsyncClient,
) -> None:
    """Each is itself at the gateway and at every service; signing out of one leaves the other."""
    console = {REQUESTED_BY: CONSOLE}
    osp = {"username": "osp1", "password": "chonso-demo"}
    signed_in = await browser.post(f"{IDENTITY}/staff-sessions", json=osp, headers=console)
    assert signed_in.status_code == 201, signed_in.text

    async def statuses(headers: dict[str, str]) -> list[int]:
        own = ("hold/v1/holds", "order/v1/staff/orders")
        return [(await browser.get(f"/api/{path}", headers=headers)).status_code for path in own]

    assert await statuses(PAGE) == await statuses({}) == [200, 403]
    assert await statuses(console) == [403, 200]
    renewed = await browser.post(f"{IDENTITY}/sessions/refresh", headers=console)
    assert renewed.json()["roles"] == ["osp_staff"]

    await browser.delete(f"{IDENTITY}/sessions/current", headers=console)

    assert await statuses(console) == [401, 401]
    assert await statuses(PAGE) == [200, 403]


async def test_the_local_stack_lets_a_browser_activate(browser: httpx.AsyncClient) -> None:
    """LAW01: a setting, and here it names both."""
    channels = await browser.get("/api/kyc/v1/activation-channels")
    begun = await browser.post(
        "/api/kyc/v1/sessions",
        json={"hold_id": "01a22a87-e26f-7ee8-a680-0bd4a8793e88"},
        headers=PAGE,
    )

    assert channels.json() == {"channels": ["app", "browser"]}
    assert begun.json()["type"] != "/problems/activation-channel"
