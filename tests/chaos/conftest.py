"""A suite of its own for those who kill parts of it, so that nobody else is disturbed."""

from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.chaos.suite import Suite

from demo.world import World


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show with a failure what everybody said last; the suite itself is gone by then."""
    report = yield
    fixtures: dict[str, Any] = getattr(item, "funcargs", {})
    if call.excinfo is not None and isinstance(suite := fixtures.get("killable"), Suite):
        report.sections.extend((f"log of {name}", text) for name, text in suite.last_words())
    return report


@pytest.fixture(scope="session")
def killable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    """Start a suite whose services may be told where to die."""
    suite = Suite(tmp_path_factory.mktemp("kills"))
    suite.up()
    yield suite
    suite.down()


@pytest.fixture
async def world(killable: Suite) -> AsyncIterator[World]:
    world = World(killable.gateway)
    yield world
    await world.close()


@pytest.fixture
def graves(killable: Suite, tmp_path: Path) -> Iterator[Path]:
    """Give the folder where each death leaves its mark, and disarm everybody afterwards."""
    yield tmp_path
    killable.disarm()
