"""Limits of a page: its requests, another site's requests, and what a script may read."""

import json
from typing import Any

import pytest
from tests.web.conftest import Opened
from tests.web.screens import SCREENS, Screen
from tests.web.stages import Stages

PAGES = (
    "/",
    "/plans",
    "/login",
    "/register",
    "/holds",
    "/holds/x/pay",
    "/orders",
    "/account",
    "/inbox",
    "/activate/x",
    "/esim/x",
    "/no-such-page",
)
ONE_OF_EACH_FLOW = tuple({screen.flow: screen for screen in SCREENS if screen.stage}.values())


@pytest.mark.parametrize("page", PAGES)
async def test_every_page_says_what_it_may_load(visits: Opened, page: str) -> None:
    """SB.3: scripts of ours alone, by name; nobody frames us; camera and microphone for us only."""
    visitor = await visits()
    answer = await visitor.page.goto(page)
    assert answer is not None
    headers = await answer.all_headers()
    policy = headers["content-security-policy"]
    for rule in (
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
    ):
        assert rule in policy, rule
    assert "unsafe-inline" not in policy.replace("style-src-attr 'unsafe-inline'", "")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in ("same-origin", "strict-origin-when-cross-origin")
    assert "camera=(self)" in headers["permissions-policy"]
    assert "geolocation=()" in headers["permissions-policy"]


@pytest.mark.parametrize("screen", ONE_OF_EACH_FLOW, ids=lambda screen: screen.name)
async def test_no_screen_asks_anybody_else(visits: Opened, stages: Stages, screen: Screen) -> None:
    """No third party learns who looks at which number."""
    visitor = await visits()
    asked: set[str] = set()
    visitor.page.on("request", lambda request: asked.add(request.url))
    await visitor.looks_at(screen, stages)
    ours = visitor.page.url.split("/", 3)[:3]
    strangers = {url for url in asked if url.startswith("http") and url.split("/", 3)[:3] != ours}
    assert strangers == set()


async def test_no_token_can_be_read_by_a_script(visits: Opened, stages: Stages) -> None:
    """F1.18: the cookies of a sign-in are HttpOnly, and nothing in the stores is a token."""
    visitor = await visits()
    customer = await stages.customer("registered")
    await visitor.signs_in_as(customer)
    await visitor.opens("/account")
    kept: dict[str, Any] = await visitor.page.evaluate(
        "({cookie: document.cookie, local: {...localStorage}, session: {...sessionStorage}})"
    )
    assert kept["cookie"] == ""
    assert "eyJ" not in json.dumps(kept)
    cookies = {cookie["name"]: cookie for cookie in await visitor.page.context.cookies()}
    for name in ("chonso_access", "chonso_refresh"):
        assert cookies[name]["httpOnly"], name
        assert cookies[name]["sameSite"] in ("Lax", "Strict"), name


async def test_another_site_cannot_change_anything(visits: Opened, stages: Stages) -> None:
    """A change on the strength of the cookie alone is refused, and did not happen."""
    visitor = await visits()
    customer = await stages.customer("locked")
    await visitor.signs_in_as(customer)
    hold = f"/api/hold/v1/holds/{customer.hold_id}"
    forged = await visitor.page.context.request.delete(hold)
    assert forged.status == 403
    assert (await forged.json())["type"] == "/problems/cross-site-request"
    assert (await visitor.page.context.request.get(hold)).status == 200
    assert (await customer.hold_is("DRAFT"))["status"] == "DRAFT"
