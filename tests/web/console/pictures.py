"""`make screenshots`: each screen of the console, both widths and themes, and in trouble."""

import pytest
from PIL import Image
from tests.web.console.conftest import Sits
from tests.web.console.screens import SCREENS, Screen
from tests.web.pictures import SHEETS, contact_sheet, picture, picture_of_trouble

WORKSPACES = tuple(dict.fromkeys(screen.workspace for screen in SCREENS))


@pytest.mark.parametrize("workspace", WORKSPACES)
async def test_every_screen_of_a_workspace_is_pictured(sits: Sits, workspace: str) -> None:
    """Columns: 1440 light and dark, 1280 light; then loading and failing."""
    screens = [screen for screen in SCREENS if screen.workspace == workspace]
    rows = [await _row(sits, screen) for screen in screens]
    SHEETS.mkdir(parents=True, exist_ok=True)
    contact_sheet(rows).save(SHEETS / f"console-{workspace}.png")


async def _row(sits: Sits, screen: Screen) -> list[Image.Image]:
    clerk = await sits(screen.username)
    await clerk.opens(screen.path)
    pictures = [await picture(clerk.page, theme) for theme in ("light", "dark")]
    await clerk.page.set_viewport_size({"width": 1280, "height": 800})
    pictures.append(await picture(clerk.page, "light"))
    for trouble in ("is slow", "fails"):
        clerk = await sits(screen.username)
        pictures.append(await picture_of_trouble(clerk.page, f"/console{screen.path}", trouble))
    return pictures
