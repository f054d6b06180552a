"""A suite of its own for tests that kill parts of it."""

from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.chaos.suite import Suite

from demo.actors import Actors


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Print the last log lines of all processes with a failure; the suite is gone by then."""
    report = yield
    fixtures: dict[str, Any] = getattr(item, "funcargs", {})
    if call.excinfo is not None and isinstance(suite := fixtures.get("killable"), Suite):
        report.sections.extend((f"log of {name}", text) for name, text in suite.last_words())
    return report


@pytest.fixture(scope="module")
def killable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    """Start a suite whose services can be told where to die; stop it with the last of the tests."""
    suite = Suite(tmp_path_factory.mktemp("kills"))
    suite.up()
    yield suite
    suite.down()


@pytest.fixture
async def actors(killable: Suite) -> AsyncIterator[Actors]:
    actors = Actors(killable.gateway)
    yield actors
    await actors.close()


@pytest.fixture
def graves(killable: Suite, tmp_path: Path) -> Iterator[Path]:
    """Return the folder where each death leaves its mark, and disarm the services afterwards."""
    yield tmp_path
    killable.disarm()
