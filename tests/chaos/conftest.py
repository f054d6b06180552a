"""A suite of its own for those who kill parts of it, so that nobody else is disturbed."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from tests.chaos.suite import Suite

from demo.world import World


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
