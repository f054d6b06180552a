"""Members of staff at the console, each in a window of their own."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import ViewportSize
from tests.web.conftest import Windows
from tests.web.console.clerk import Clerk

SCREEN = ViewportSize(width=1440, height=900)
Sits = Callable[[str], Awaitable[Clerk]]


@pytest.fixture
def sits(windows: Windows) -> Sits:
    """Return a function that seats a member of staff, signed in, before an empty page."""

    async def sits(username: str) -> Clerk:
        clerk = Clerk(await windows.open(SCREEN), username)
        await clerk.signs_in()
        return clerk

    return sits
