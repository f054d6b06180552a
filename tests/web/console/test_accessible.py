"""Every screen of the console, light and dark, judged by axe; nothing hangs out of the page."""

from typing import Final, Literal

import pytest
from tests.web.console.clerk import Clerk
from tests.web.console.conftest import Sits
from tests.web.console.screens import SCREENS, Screen
from tests.web.test_accessible import judged

THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
SPILLS: Final = "() => document.documentElement.scrollWidth > innerWidth + 1"


async def faults_of(clerk: Clerk) -> list[str]:
    """Judge what a clerk sees now, in both themes."""
    faults: list[str] = []
    for theme in THEMES:
        await clerk.page.emulate_media(color_scheme=theme)
        faults += [f"{theme}: {fault}" for fault in await judged(clerk.page)]
    return faults


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
async def test_axe_finds_nothing_on_a_screen_of_the_console(sits: Sits, screen: Screen) -> None:
    """WCAG 2.2 AA in both themes; at 1280 nothing hangs out of the page."""
    clerk = await sits(screen.username)
    await clerk.opens(screen.path)
    assert await faults_of(clerk) == []
    await clerk.page.set_viewport_size({"width": 1280, "height": 800})
    assert not await clerk.page.evaluate(SPILLS)
    assert clerk.complaints == []
