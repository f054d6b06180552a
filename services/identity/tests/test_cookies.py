"""Signing in from a page: its tokens are in cookies that no script can read (F1.12, F1.18)."""

import asyncio
from datetime import datetime
from typing import Any

import httpx
from services.identity.tests.people import (
    PASSWORD,
    SIGN_IN,
    World,
    admin,
    browser_of,
    cookies_of,
    opened,
    problem,
)

from identity.sessions.queries import REFRESH_COOKIE
from kit import clock
from kit.cookies import ACCESS_COOKIE
from kit.testing import published, token_for


def shows_no_token(answer: httpx.Response) -> bool:
    """Tell whether a script could read a token in the answer."""
    return not any(cookie.value in answer.text for cookie in cookies_of(answer).values())


async def signs_in(world: World, **headers: str) -> httpx.Response:
    async with browser_of(world.app) as http:
        return await http.post("/v1/sessions", json=SIGN_IN, headers=headers)


async def test_a_page_gets_its_tokens_in_cookies_and_never_in_the_answer(world: World) -> None:
    pair = await world.becomes_customer()

    answer = await signs_in(world)

    cookies, told = cookies_of(answer), answer.json()
    assert answer.status_code == 201
    assert shows_no_token(answer)
    assert told.keys() == {
        "subject_id",
        "kind",
        "roles",
        "regions",
        "shop_code",
        "locale",
        "client",
        "expires_at",
    }
    assert told["subject_id"] == opened(world, pair)["sub"]
    assert told["kind"] == "customer"
    access = opened(world, {"access_token": cookies[ACCESS_COOKIE].value})
    assert datetime.fromisoformat(told["expires_at"]).timestamp() == access["exp"]


async def test_cookies_go_to_our_site_alone_and_the_refresh_token_to_its_routes(
    world: World,
) -> None:
    await world.becomes_customer()

    cookies = cookies_of(await signs_in(world))

    access, refresh = cookies[ACCESS_COOKIE], cookies[REFRESH_COOKIE]
    assert (access["httponly"], access["samesite"], access["path"]) == (True, "lax", "/api")
    assert (refresh["httponly"], refresh["samesite"]) == (True, "strict")
    assert refresh["path"] == "/api/identity/v1/sessions"
    assert (access["max-age"], refresh["max-age"]) == ("900", str(30 * 24 * 3600))
    assert not access["secure"]
    world.under(public_url="https://chonso.example")
    assert all(cookie["secure"] for cookie in cookies_of(await signs_in(world)).values())


async def test_every_answer_with_tokens_gives_them_to_a_page_in_cookies(world: World) -> None:
    """Registration, both sign-ins, refreshing, and both new passwords (F1.12, F1.18, F2.11)."""
    registration = await world.registers()
    code = await world.code_for()
    await world.post(
        "/v1/staff", admin(world), username="osp7", password=PASSWORD, roles=["osp_staff"]
    )
    new = {"current": PASSWORD, "password": "mat-khau-moi-cua-lan"}
    async with browser_of(world.app) as lan, browser_of(world.app) as osp:
        answers = [
            await lan.post(f"/v1/registrations/{registration}/otp", json={"code": code}),
            await lan.post("/v1/sessions", json=SIGN_IN),
            await lan.post("/v1/sessions/refresh"),
            await lan.put("/v1/me/password", json=new),
            await osp.post("/v1/staff-sessions", json={"username": "osp7", "password": PASSWORD}),
            await osp.put("/v1/staff/me/password", json=new),
        ]

    for answer in answers:
        assert answer.is_success, answer.text
        assert cookies_of(answer).keys() == {ACCESS_COOKIE, REFRESH_COOKIE}
        assert shows_no_token(answer)
    assert answers[-1].json()["roles"] == ["osp_staff"]


async def test_a_client_that_sends_no_header_gets_its_tokens_in_the_answer(world: World) -> None:
    await world.becomes_customer()

    answer = await world.logs_in()

    assert "set-cookie" not in answer.headers
    assert answer.json().keys() == {"access_token", "refresh_token", "expires_in", "token_type"}


async def test_a_browser_stays_signed_in_by_its_refresh_cookie(
    browser: httpx.AsyncClient,
) -> None:
    before = browser.cookies[REFRESH_COOKIE]

    answer = await browser.post("/v1/sessions/refresh")

    assert answer.status_code == 200
    assert browser.cookies[REFRESH_COOKIE] != before
    assert (await browser.get("/v1/me")).status_code == 200


async def test_two_tabs_that_refresh_at_once_stay_signed_in(
    world: World, browser: httpx.AsyncClient
) -> None:
    """Each sends the token that both knew; whichever answer comes last is the one that is kept."""
    shared = f"{REFRESH_COOKIE}={browser.cookies[REFRESH_COOKIE]}"
    async with browser_of(world.app) as first, browser_of(world.app) as second:
        tabs = [first, second]
        answers = await asyncio.gather(
            *(tab.post("/v1/sessions/refresh", headers={"Cookie": shared}) for tab in tabs)
        )
        world.after(60)
        kept = [await tab.post("/v1/sessions/refresh") for tab in tabs]

    assert [answer.status_code for answer in [*answers, *kept]] == [200] * 4


async def test_a_refresh_cookie_that_was_replaced_long_ago_was_stolen(
    world: World, browser: httpx.AsyncClient
) -> None:
    stolen = {"Cookie": f"{REFRESH_COOKIE}={browser.cookies[REFRESH_COOKIE]}"}
    await browser.post("/v1/sessions/refresh")
    world.after(11)

    async with browser_of(world.app) as thief:
        answer = await thief.post("/v1/sessions/refresh", headers=stolen)

    assert problem(answer) == (401, "session-over")
    assert problem(await browser.post("/v1/sessions/refresh")) == (401, "session-over")


async def test_another_site_can_neither_refresh_nor_sign_out(browser: httpx.AsyncClient) -> None:
    forged = {"X-Requested-By": ""}

    refreshed = await browser.post("/v1/sessions/refresh", headers=forged)
    signed_out = await browser.delete("/v1/sessions/current", headers=forged)

    assert problem(refreshed) == problem(signed_out) == (403, "cross-site-request")
    assert (await browser.get("/v1/me")).status_code == 200


async def test_without_a_token_there_is_nothing_to_refresh(world: World) -> None:
    async with browser_of(world.app) as http:
        assert problem(await http.post("/v1/sessions/refresh")) == (401, "session-over")
    assert problem(await world.post("/v1/sessions/refresh")) == (401, "session-over")


async def test_signing_out_ends_the_session_and_the_browser_forgets_both_cookies(
    world: World, browser: httpx.AsyncClient
) -> None:
    """The session ends everywhere: a copy of its cookie gets no new tokens."""
    copy = {"Cookie": f"{REFRESH_COOKIE}={browser.cookies[REFRESH_COOKIE]}"}

    answer = await browser.delete("/v1/sessions/current")

    assert answer.status_code == 204
    assert not browser.cookies
    assert {cookie["max-age"] for cookie in cookies_of(answer).values()} == {"0"}
    async with browser_of(world.app) as thief:
        again = await thief.post("/v1/sessions/refresh", headers=copy)
    assert problem(again) == (401, "session-over")
    assert "SessionEnded" in await published(world.db)


async def test_a_page_learns_who_is_signed_in_and_a_stranger_is_no_error(
    world: World, browser: httpx.AsyncClient
) -> None:
    async with browser_of(world.app) as stranger:
        nobody = await stranger.get("/v1/sessions/current")
        lapsed = await stranger.get(
            "/v1/sessions/current", headers={"Cookie": f"{REFRESH_COOKIE}=something"}
        )
    lan = await browser.get("/v1/sessions/current")
    channel = token_for(world.app.state.settings.keys_dir, "partner")
    partner = await world.call("GET", "/v1/sessions/current", channel)

    assert nobody.json() == partner.json() == {"signed_in": None, "can_refresh": False}
    assert lapsed.json() == {"signed_in": None, "can_refresh": True}
    assert lan.json()["signed_in"]["kind"] == "customer"
    assert lan.json()["signed_in"]["expires_at"] > clock.now().isoformat()
    assert lan.json()["can_refresh"]


def test_the_answers_of_signing_in_are_described(world: World) -> None:
    described: dict[str, Any] = world.app.openapi()["paths"]["/v1/sessions"]["post"]

    answers = described["responses"]["201"]["content"]["application/json"]["schema"]["anyOf"]
    assert [answer["$ref"].rpartition("/")[2] for answer in answers] == ["TokenPair", "SignedIn"]
