"""Every screen, in both languages, light and dark, judged by axe; and what axe does not see."""

from typing import Any

import pytest
from playwright.async_api import Page
from tests.web.browser import WEB
from tests.web.conftest import Opened
from tests.web.screens import SCREENS, Screen
from tests.web.stages import Stages

AXE = (WEB / "node_modules" / "axe-core" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SETTLED = """() => Promise.all(document.getAnimations()
  .filter(animation => animation instanceof CSSTransition)
  .map(transition => transition.finished.catch(() => null)))"""


@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
async def test_axe_finds_nothing_on_a_screen(
    visits: Opened, stages: Stages, screen: Screen, locale: str
) -> None:
    """WCAG 2.2 AA in light and dark; nothing in the console either."""
    visitor = await visits()
    await visitor.page.add_init_script(f"localStorage.setItem('locale', '{locale}')")
    await visitor.looks_at(screen, stages)
    violations: list[str] = []
    for theme in ("light", "dark"):
        await visitor.page.emulate_media(color_scheme=theme)
        violations += [f"{theme}: {violation}" for violation in await judged(visitor.page)]
    assert violations == []
    assert visitor.complaints == []


async def judged(page: Page) -> list[str]:
    """Return the violations that axe finds, each with its place, once no colour is changing."""
    await page.evaluate(SETTLED)
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE)
    results: dict[str, Any] = await page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS
    )
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary'][:240]}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]
