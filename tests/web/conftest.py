"""A suite and a browser: people who use the built pages as they are shipped."""

import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect
from tests.chaos.suite import Suite
from tests.web import browser as chromium
from tests.web import sharing
from tests.web.applicant import Applicant
from tests.web.camera import CUSTOMER, film
from tests.web.databases import Databases
from tests.web.groups import GroupScheduling
from tests.web.northerners import Northerners
from tests.web.stages import Stages
from xdist.remote import Producer
from xdist.scheduler import Scheduling

from demo.actors import Actors
from deploy.paths import ROOT

FAILURES = ROOT / ".local" / "web-failures"
PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=900)
LONGEST_WAIT_MS = 15_000
expect.set_options(timeout=LONGEST_WAIT_MS)
"""News go through Kafka: on a busy machine the usual five seconds are too few."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember on the test whether it failed: its pictures and traces are kept then."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


FAILED = pytest.StashKey[bool]()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Hand out tests by the groups that belong to one worker."""
    return GroupScheduling(config, log)


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    """Use one suite with all workers of the run.

    `CHONSO_TEST_STATE` names the folder of one that runs already and goes on running.
    """
    if state := os.environ.get("CHONSO_TEST_STATE"):
        yield Suite(Path(state))
        return
    with sharing.suite(_folder(tmp_path_factory)) as suite:
        yield suite


@pytest.fixture(autouse=True)
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Let a test marked `alone` run when no other does, in any worker."""
    alone = request.node.get_closest_marker("alone") is not None
    with sharing.place(_folder(tmp_path_factory), alone=alone):
        yield


def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the run, which its workers have in common."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
async def actors(suite: Suite) -> AsyncIterator[Actors]:
    """Give the people of KV1; those of the console's tests are of KV2."""
    actors = Northerners(suite.gateway)
    await actors.begin()
    yield actors
    await actors.close()


@pytest.fixture(scope="session")
def stages(actors: Actors) -> Stages:
    return Stages(actors)


@pytest.fixture(scope="session")
async def browser(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browser]:
    """Start a browser whose camera films a person: a flat picture is below the floor (P5.1)."""
    async with async_playwright() as playwright:
        camera = film(CUSTOMER, tmp_path_factory.mktemp("film") / "customer.y4m")
        started = await chromium.launched(playwright, camera)
        yield started
        await started.close()


@pytest.fixture
async def databases(suite: Suite) -> AsyncIterator[Databases]:
    """Reach the databases of the suite."""
    databases = Databases(str(suite.status()["postgres"]))
    yield databases
    for engine in databases.engines:
        await engine.dispose()


class Windows:
    """Opens windows of the browser, each with cookies of its own, and keeps what failed.

    A test that failed leaves a picture and a trace of each in `.local/web-failures`.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._pages: list[Page] = []

    async def open(self, viewport: ViewportSize, *, phone: bool = False) -> Page:
        """Open a window at an empty page."""
        context = await self._browser.new_context(
            base_url=self._address,
            viewport=viewport,
            is_mobile=phone,
            has_touch=phone,
            reduced_motion="reduce",
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            permissions=["camera", "microphone", "clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(LONGEST_WAIT_MS)
        # Acts alone: copies of the pages, and requests with them, would cost as much as the pages.
        await context.tracing.start()
        page = await context.new_page()
        self._pages.append(page)
        return page

    async def close(self, test: str, *, failed: bool) -> None:
        """Close all windows."""
        for number, page in enumerate(self._pages):
            name = re.sub(r"\W+", "-", test)
            if failed:
                await page.screenshot(path=FAILURES / f"{name}-{number}.png")
            trace = {"path": FAILURES / f"{name}-{number}.zip"} if failed else {}
            await page.context.tracing.stop(**trace)
            await page.context.close()


@pytest.fixture
async def windows(
    request: pytest.FixtureRequest, suite: Suite, browser: Browser
) -> AsyncIterator[Windows]:
    windows = Windows(browser, suite.gateway)
    yield windows
    await windows.close(request.node.name, failed=request.node.stash.get(FAILED, False))


Opened = Callable[..., Awaitable[Applicant]]


@pytest.fixture
def visits(windows: Windows, actors: Actors) -> Opened:
    """Return a function that gives a person with a phone (or a desk) in hand."""

    async def visits(*, wide: bool = False) -> Applicant:
        page = await windows.open(DESK if wide else PHONE, phone=not wide)
        return Applicant(page, actors)

    return visits
