"""Members of staff at the console, each in a window of their own."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import ViewportSize
from tests.chaos.suite import Suite
from tests.web.conftest import Windows
from tests.web.console.clerk import Clerk

from demo.actors import Actors

SCREEN = ViewportSize(width=1440, height=900)
Sits = Callable[[str], Awaitable[Clerk]]


@pytest.fixture(scope="session")
async def actors(suite: Suite) -> AsyncIterator[Actors]:
    """Give the people of KV2, whose staff sit at the desks."""
    actors = Actors(suite.gateway)
    yield actors
    await actors.close()


@pytest.fixture
def sits(windows: Windows) -> Sits:
    """Return a function that seats a member of staff, signed in, before an empty page."""

    async def sits(username: str) -> Clerk:
        clerk = Clerk(await windows.open(SCREEN), username)
        await clerk.signs_in()
        return clerk

    return sits
