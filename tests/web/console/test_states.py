"""A desk whose answers are on their way, fail, or cannot be read anew, judged by axe."""

import asyncio
import re
from typing import Final

import pytest
from playwright.async_api import Route, expect
from tests.web.console.conftest import Sits
from tests.web.console.screens import SCREENS, Screen
from tests.web.console.test_accessible import faults_of
from tests.web.pictures import APIS

READERS: Final = [
    screen
    for screen in SCREENS
    if screen.name
    in {
        *("orders", "refused tasks", "counter", "video desk of a supervisor", "connection"),
        *("review", "partners", "oversight", "dead events"),
    }
]
BUSY: Final = re.compile("Hệ thống đang bận|Chưa đọc được")
SOON: Final = {"Retry-After": "0.05"}


@pytest.mark.parametrize("screen", READERS, ids=lambda screen: screen.name)
async def test_axe_finds_nothing_on_a_desk_that_waits_and_then_fails(
    sits: Sits, screen: Screen
) -> None:
    """One list, board or queue of each kind, and the side of a desk that reads several."""
    clerk = await sits(screen.username)
    are_ready = asyncio.Event()

    async def fails_late(route: Route) -> None:
        await are_ready.wait()
        await route.fulfill(status=503, headers=SOON)

    await clerk.page.route(APIS, fails_late)
    await clerk.page.goto(f"/console{screen.path}")
    await expect(clerk.page.locator("h1")).to_be_visible()
    assert await faults_of(clerk) == []
    are_ready.set()
    await clerk.reads(BUSY)
    assert await faults_of(clerk) == []
    await clerk.page.unroute_all(behavior="wait")
