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
CUT = """
() => {
  const wide = document.documentElement.scrollWidth > innerWidth + 1 ? ['the page itself'] : [];
  const hides = (element) => {
    const style = getComputedStyle(element);
    return [style.overflowX, style.overflowY].some((value) => /hidden|clip/.test(value));
  };
  const isPreview = (element) => getComputedStyle(element).webkitLineClamp !== 'none';
  const isInner = (node, frame) => {
    let at = node.parentElement;
    while (at !== frame && !hides(at)) at = at.parentElement;
    return at !== frame;
  };
  const isCut = (element) => {
    if (!hides(element) || isPreview(element) || element.closest('.sr')) return false;
    if (!element.checkVisibility()) return false;
    const frame = element.getBoundingClientRect();
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
      if (!texts.currentNode.data.trim() || texts.currentNode.parentElement.closest('.sr, svg'))
        continue;
      if (isInner(texts.currentNode, element)) continue;
      range.selectNodeContents(texts.currentNode);
      for (const box of range.getClientRects())
        if (box.right > frame.right + 1 || box.bottom > frame.bottom + 1) return true;
    }
    return false;
  };
  const cut = [...document.querySelectorAll('body *')].filter(isCut);
  return [...wide, ...cut.map((element) => element.outerHTML.slice(0, 160))];
}
"""
LARGE = "document.documentElement.style.fontSize = '200%'"
SLOW = {"offline": False, "latency": 80, "downloadThroughput": -1, "uploadThroughput": -1}


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
async def test_a_screen_arrives_without_moving_and_axe_finds_nothing(
    visits: Opened, stages: Stages, screen: Screen
) -> None:
    """CLS 0 on a slow line; WCAG 2.2 AA in light and dark; text of twice the size is not cut."""
    visitor = await visits()
    await visitor.page.add_init_script(OBSERVER)
    line = await visitor.page.context.new_cdp_session(visitor.page)
    await line.send("Network.emulateNetworkConditions", SLOW)
    await visitor.looks_at(screen, stages)
    faults = await _faults(visitor.page, "vi")
    await visitor.page.evaluate("localStorage.setItem('locale', 'en')")
    await visitor.page.reload()
    await visitor.arrives()
    faults += await _faults(visitor.page, "en")
    assert faults == []
    assert visitor.complaints == []


async def _faults(page: Page, locale: str) -> list[str]:
    faults = [f"moved: {shift}" for shift in await page.evaluate("shifts")]
    for theme in ("light", "dark"):
        await page.emulate_media(color_scheme=theme)
        faults += [f"{theme}: {fault}" for fault in await judged(page)]
    await page.evaluate(LARGE)
    faults += [f"cut: {place}" for place in await page.evaluate(CUT)]
    return [f"{locale}: {fault}" for fault in faults]


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
