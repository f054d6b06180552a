"""The console's sign-in in the browser of a customer."""

import httpx
from services.identity.tests.people import PAGE, PASSWORD, World, admin, cookies_of

from identity.sessions.queries import CONSOLE_REFRESH_COOKIE
from kit.cookies import CONSOLE, CONSOLE_ACCESS_COOKIE, REQUESTED_BY


async def test_a_browser_keeps_a_customers_and_a_members_sign_in_beside_each_other(
    world: World, browser: httpx.AsyncClient
) -> None:
    """The console names itself: its own cookies come, are renewed, and go; the others stay."""
    await world.post(
        "/v1/staff", admin(world), username="osp7", password=PASSWORD, roles=["osp_staff"]
    )
    console, lan = {REQUESTED_BY: CONSOLE}, dict(browser.cookies)
    osp7 = {"username": "osp7", "password": PASSWORD}

    signed_in = await browser.post("/v1/staff-sessions", json=osp7, headers=console)
    first = browser.cookies[CONSOLE_REFRESH_COOKIE]
    renewed = await browser.post("/v1/sessions/refresh", headers=console)
    people = [await browser.get("/v1/sessions/current", headers=h) for h in (console, PAGE)]

    assert signed_in.json()["kind"] == renewed.json()["kind"] == "staff"
    assert cookies_of(renewed).keys() == {CONSOLE_ACCESS_COOKIE, CONSOLE_REFRESH_COOKIE}
    assert browser.cookies[CONSOLE_REFRESH_COOKIE] != first
    assert [person.json()["signed_in"]["kind"] for person in people] == ["staff", "customer"]

    gone = await browser.delete("/v1/sessions/current", headers=console)

    assert gone.status_code == 204
    assert dict(browser.cookies) == lan
    after = (await browser.get("/v1/sessions/current", headers=console)).json()
    assert after == {"signed_in": None, "can_refresh": False}
    assert (await browser.get("/v1/me")).status_code == 200
