"""A member of staff at the console: what they see, press and type."""

import re
from typing import Any

from playwright.async_api import Locator, Page, expect
from tests.web.browser import UNREACHED

from demo.actors import STAFF_PASSWORD


class Clerk:
    """A person with the console open; presses only what can be seen."""

    def __init__(self, page: Page, username: str) -> None:
        self.page, self.username = page, username
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hears)

    def _hears(self, message: Any) -> None:
        passing = any(words in message.text for words in UNREACHED)
        if message.type == "error" and not passing:
            self.complaints.append(message.text)

    async def signs_in(self) -> None:
        """Begin as somebody who has signed in with this browser before."""
        answer = await self.page.context.request.post(
            "/api/identity/v1/staff-sessions",
            data={"username": self.username, "password": STAFF_PASSWORD},
            headers={"X-Requested-By": "chonso-console"},
        )
        assert answer.ok, await answer.text()
        await self.page.add_init_script(
            "localStorage.setItem('chonso-console-signed-in', '1');"
            f"localStorage.setItem('console-name', '{self.username}')"
        )

    async def opens(self, path: str) -> None:
        """Open an address below `/console`, and wait until everything on it has arrived."""
        await self.page.goto(f"/console{path}")
        await expect(self.page.locator("h1")).to_be_attached()
        await expect(self.page.locator("[aria-busy=true]")).to_have_count(0)

    async def presses(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Press a button or link by its name."""
        place = within or self.page
        exact = isinstance(name, str)
        button = place.get_by_role("button", name=name, exact=exact)
        await button.or_(place.get_by_role("link", name=name, exact=exact)).first.click()

    async def types(self, *keys: str) -> None:
        """Press keys, one after the other: `Control+k`, `Enter`, `n`."""
        for key in keys:
            await self.page.keyboard.press(key)

    async def reads(self, text: str | re.Pattern[str], *, seconds: float = 15) -> None:
        """Wait until a text can be seen."""
        await expect(self.page.get_by_text(text).first).to_be_visible(timeout=seconds * 1000)

    async def chooses(self, row: str | re.Pattern[str], *, seconds: float = 15) -> None:
        """Choose the row of a table by its name."""
        line = self.page.get_by_role("row", name=row).first
        await expect(line).to_be_visible(timeout=seconds * 1000)
        await line.click()

    async def stands_at(self, path: str | re.Pattern[str], *, seconds: float = 15) -> None:
        """Wait until the console shows a path."""
        pattern = path if isinstance(path, re.Pattern) else re.compile(re.escape(path) + r"(\?|$)")
        await expect(self.page).to_have_url(pattern, timeout=seconds * 1000)

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.get_by_role("dialog")
