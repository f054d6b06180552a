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


OBSERVER = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    if (!entry.hadRecentInput && entry.value >= 0.001)
      shifts.push([entry.value, ...entry.sources.map((source) =>
        (source.node?.outerHTML ?? source.node?.textContent ?? '').slice(0, 120))]);
}).observe({type: 'layout-shift', buffered: true});
"""
SLOW = {"offline": False, "latency": 80, "downloadThroughput": -1, "uploadThroughput": -1}


@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
async def test_a_screen_arrives_without_moving_and_axe_finds_nothing(
    visits: Opened, stages: Stages, screen: Screen, locale: str
) -> None:
    """CLS 0 on a slow line; WCAG 2.2 AA in light and dark; nothing in the console either."""
    visitor = await visits()
    await visitor.page.add_init_script(f"localStorage.setItem('locale', '{locale}');{OBSERVER}")
    line = await visitor.page.context.new_cdp_session(visitor.page)
    await line.send("Network.emulateNetworkConditions", SLOW)
    await visitor.looks_at(screen, stages)
    assert await visitor.page.evaluate("shifts") == []
    violations: list[str] = []
    for theme in ("light", "dark"):
        await visitor.page.emulate_media(color_scheme=theme)
        violations += [f"{theme}: {fault}" for fault in await judged(visitor.page)]
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
