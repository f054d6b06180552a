"""One running suite for all journeys, in a folder of its own, and the people who use it."""

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from libs.kit.tests.sink import Sink, listening
from tests.e2e.callers import Callers, gathered
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling, Scheduling

from demo.actors import Actors

FOR_TESTS = {
    "CHONSO_RATE_LIMITS": "off",
    "IDENTITY_OTP_LIMITS_OFF": "true",
}
"""A test registers more people in a minute than a household does in a year."""


TRACED = ("hold", "order", "notification")
"""Enough to see a journey go from one to the next, at next to no cost."""
HERE = Path(__file__).parent.name
FIRST = "test_autopilot.py"
LAST = ("test_fuzz.py", "test_race.py", "test_zz_logs.py", "test_zz_traces.py")


class SuiteScheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist says nothing of its types
    """Leaves the journeys to one worker, in their order, and hands out other files one by one."""

    def _split_scope(self, nodeid: str) -> str:
        """Return the group of a test: what shares a suite belongs together."""
        path = Path(nodeid.partition("::")[0])
        return str(path.parent if path.parent.name == HERE else path)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Hand out tests by the suite that they run on."""
    return SuiteScheduling(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with one thing and leave some to the end, whatever the order of the rest.

    Staff on autopilot do whatever waits, also the orders that other tests leave waiting. Made-up
    requests may change what others rely on. The race moves the suite's clock, and what happened
    "later" must not come before what others do now. The logs are read when everything else has
    written to them.
    """

    def place(item: pytest.Item) -> int:
        name = item.path.name
        return -2 if name == FIRST else LAST.index(name) if name in LAST else -1

    items.sort(key=place)


def stack(state: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Run the stack's own command line on the test's folder."""
    return subprocess.run(  # noqa: S603, our own words
        [sys.executable, "-m", "stack", *command],
        env=os.environ | FOR_TESTS | {"CHONSO_STATE": state},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def sink() -> Iterator[Sink]:
    """Collect the telemetry of some services."""
    with listening() as sink:
        yield sink


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory, sink: Sink) -> Iterator[dict[str, Any]]:
    """Start the whole suite beside whatever else runs, and stop it at the end."""
    state = os.environ.get("CHONSO_TEST_STATE") or str(tmp_path_factory.mktemp("suite"))
    # Two processes of hold in every test: whoever races, races against both.
    traced = [f"--env={name.upper()}_OTLP_ENDPOINT={sink.endpoint}" for name in TRACED]
    started = stack(state, "up", "-d", "--replicas", "hold=2", *traced)
    assert started.returncode == 0, started.stdout + started.stderr
    status = json.loads(stack(state, "status", "--json").stdout)
    yield status | {"state": state}
    stopped = stack(state, "down")
    assert stopped.returncode == 0, stopped.stdout + stopped.stderr


@pytest.fixture(scope="session")
async def actors(suite: dict[str, Any]) -> AsyncIterator[Actors]:
    actors = Actors(suite["gateway"])
    yield actors
    await actors.close()


@pytest.fixture(scope="session")
async def callers(suite: dict[str, Any], actors: Actors) -> Callers:
    return await gathered(actors, Path(suite["state"]))
