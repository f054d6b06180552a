"""Reach of the app: by keyboard alone, and with borders that can be seen."""

import re
from typing import Any

import pytest
from playwright.async_api import expect
from tests.web.conftest import Opened
from tests.web.stages import Stages
from tests.web.visitor import Visitor

FEWEST = 3.0
"""WCAG 1.4.11: the contrast of what shows a control, which axe does not look at."""
CONTRASTS = """
() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const luminance = (name) => {
    canvas.fillStyle = getComputedStyle(document.body).getPropertyValue(name);
    const probe = document.createElement('i');
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    canvas.fillStyle = getComputedStyle(probe).color;
    probe.remove();
    canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const shown = ['--edge', '--sea-mark', '--seal'];
  const grounds = ['--surface', '--paper', '--sunken'];
  return Object.fromEntries(shown.flatMap((mark) =>
    grounds.map((ground) => [`${mark} on ${ground}`, contrast(mark, ground)])));
}
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_borders_and_marks_can_be_seen(visits: Opened, theme: str) -> None:
    """Every border of a field, mark of a choice and ring of the focus, on every ground."""
    visitor = await visits()
    await visitor.opens("/")
    await visitor.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    contrasts: dict[str, float] = await visitor.page.evaluate(CONTRASTS)
    assert {pair: ratio for pair, ratio in contrasts.items() if ratio < FEWEST} == {}


async def tabs_to(visitor: Visitor, name: str) -> None:
    """Press Tab until the focus stands on a control whose name begins so."""
    seen: list[Any] = []
    for _ in range(60):
        await visitor.page.keyboard.press("Tab")
        now = await visitor.page.evaluate(
            """() => { const at = document.activeElement;
            return (at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent)
              .trim(); }"""
        )
        seen.append(now)
        if now.startswith(name):
            return
    pytest.fail(f"Tab never reaches {name!r}: {seen}")


async def types_into(visitor: Visitor, **fields: str) -> None:
    """Type into fields that Tab leads to, by their labels."""
    for label, text in fields.items():
        await tabs_to(visitor, label.replace("_", " "))
        await visitor.page.keyboard.type(text)


async def test_a_number_is_held_by_keyboard_alone(visits: Opened, stages: Stages) -> None:
    """F3.1 to F3.4: no mouse, no finger, from the search to the slip."""
    visitor = await visits(wide=True)
    await visitor.signs_in_as(await stages.fresh("registered"))
    await visitor.opens("/?so=???????868")
    await expect(visitor.page.locator(".offer").first).to_be_visible()
    press = visitor.page.keyboard.press
    await tabs_to(visitor, "Giữ số 0")
    await press("Enter")
    await expect(visitor.page.get_by_role("dialog")).to_be_visible()
    await tabs_to(visitor, "Giữ số")
    await press("Enter")
    await visitor.stands_at(re.compile("/form$"))
    person = visitor.person
    await types_into(
        visitor, Họ_và_tên=person.full_name, Ngày_sinh=f"{person.date_of_birth:%d%m%Y}"
    )
    await press("Tab")
    await press("Space" if person.sex == "MALE" else "ArrowRight")
    await types_into(visitor, Email=person.email)
    for label, typed, name in (
        ("Tỉnh,_thành_phố", "ho chi minh", "Thành phố Hồ Chí Minh"),
        ("Phường,_xã", "ben thanh", "Phường Bến Thành"),
    ):
        await types_into(visitor, **{label: typed})
        await expect(visitor.page.get_by_role("option", name=name)).to_be_visible()
        await press("ArrowDown")
        await press("Enter")
    await types_into(visitor, Số_nhà="Số 1 Phố Thử")
    await press("Enter")
    await visitor.stands_at(re.compile(r"/holds/[0-9a-f-]{36}$"))
