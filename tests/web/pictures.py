"""`make screenshots`: every screen in both languages and themes, a contact sheet a flow."""

import io
from collections.abc import Sequence
from typing import Final

import pytest
from PIL import Image
from playwright.async_api import Page
from tests.web.conftest import Opened
from tests.web.screens import SCREENS, Screen
from tests.web.stages import Stages
from tests.web.test_accessible import SETTLED

from deploy.paths import ROOT

SHEETS: Final = ROOT / ".local" / "screenshots"
FLOWS: Final = tuple(dict.fromkeys(screen.flow for screen in SCREENS))
GAP: Final = 16
TALLEST: Final = 1500
GREY: Final = "#8a8f98"
APIS: Final = "**/api/{catalog,hold,order,shipping,kyc,videocall,activation,notification}/**"

Row = Sequence[Image.Image]


@pytest.mark.parametrize("flow", FLOWS)
async def test_every_screen_of_a_flow_is_pictured(
    visits: Opened, stages: Stages, flow: str
) -> None:
    """Columns: vi light, vi dark, en light, en dark, desk; then loading and failing."""
    rows = [await _row(visits, stages, screen) for screen in SCREENS if screen.flow == flow]
    SHEETS.mkdir(parents=True, exist_ok=True)
    contact_sheet(rows).save(SHEETS / f"{flow}.png")


async def _row(visits: Opened, stages: Stages, screen: Screen) -> Row:
    pictures: list[Image.Image] = []
    for locale in ("vi", "en"):
        visitor = await visits()
        await visitor.page.add_init_script(f"localStorage.setItem('locale', '{locale}')")
        await visitor.looks_at(screen, stages)
        pictures += [await picture(visitor.page, theme) for theme in ("light", "dark")]
    desk = await visits(wide=True)
    await desk.looks_at(screen, stages)
    pictures.append(await picture(desk.page, "light"))
    pictures += [
        await _while_the_service(visits, stages, screen, "is slow"),
        await _while_the_service(visits, stages, screen, "fails"),
    ]
    return pictures


async def _while_the_service(
    visits: Opened, stages: Stages, screen: Screen, trouble: str
) -> Image.Image:
    """Picture a screen whose answers do not come, or come as errors; the sign-in itself works."""
    visitor = await visits()
    customer = await stages.customer(screen.stage) if screen.stage else None
    if customer is not None:
        await visitor.signs_in_as(customer)
    return await picture_of_trouble(visitor.page, screen.address(customer), trouble)


async def picture_of_trouble(page: Page, address: str, trouble: str) -> Image.Image:
    """Picture an address whose answers do not come, or come as errors."""
    if trouble == "fails":
        await page.route(APIS, lambda route: route.fulfill(status=503, body=""))
    else:
        await page.route(APIS, lambda _route: None)
    await page.goto(address)
    await page.wait_for_load_state("load")
    await page.wait_for_timeout(
        700 if trouble == "is slow" else 4_500
    )  # a picture of waiting, not a wait for something
    result = await picture(page, "light")
    await page.unroute_all(behavior="ignoreErrors")
    return result


async def picture(page: Page, theme: str) -> Image.Image:
    """Picture what a page shows, once no colour is changing."""
    await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    await page.evaluate(SETTLED)
    shown = Image.open(io.BytesIO(await page.screenshot(full_page=True))).convert("RGB")
    return shown.crop((0, 0, shown.width, min(shown.height, TALLEST)))


def contact_sheet(rows: Sequence[Row]) -> Image.Image:
    """Put pictures on one sheet, a row a screen."""
    widths = [sum(picture.width + GAP for picture in row) for row in rows]
    heights = [max(picture.height for picture in row) + GAP for row in rows]
    sheet = Image.new("RGB", (max(widths) + GAP, sum(heights) + GAP), GREY)
    y = GAP
    for row, height in zip(rows, heights, strict=True):
        x = GAP
        for picture in row:
            sheet.paste(picture, (x, y))
            x += picture.width + GAP
        y += height
    return sheet
