"""One roll-out for all these tests; everything is taken away at the end."""

import contextlib
from collections.abc import AsyncIterator, Iterator

import pytest
from tests.kube import limitless, place
from tests.kube.notes import Notes

from demo.actors import Actors
from deploy.k8s import cluster
from deploy.k8s.names import SUITE

NOTES = pytest.StashKey[Notes]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[NOTES] = Notes()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print what was measured, also where all is well."""
    for line in config.stash[NOTES].lines:
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def notes(pytestconfig: pytest.Config) -> Notes:
    return pytestconfig.stash[NOTES]


@pytest.fixture(scope="session")
def kubernetes(notes: Notes) -> Iterator[None]:
    """Take the cluster that is there, or make one."""
    notes.begin()
    there = place.answers()
    with contextlib.nullcontext() if there else place.made_here():
        if there:
            assert not place.see("namespaces", "--field-selector", f"metadata.name={SUITE}")[
                "items"
            ], f"The namespace {SUITE} is in use here: `make k8s-down` first."
        else:
            notes.took("a cluster of our own, with all images in it")
            notes.held("the cluster itself", place.memory_of_our_own())
        yield


@pytest.fixture(scope="session")
def suite(
    kubernetes: None,  # noqa: ARG001 # it has to be there
    notes: Notes,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Roll the suite out, and say where people come in."""
    folder = tmp_path_factory.mktemp("kube")
    overlay = limitless.overlay(tmp_path_factory.mktemp("overlay"))
    notes.begin()
    try:
        cluster.up(folder / "keys", folder / "volumes", overlay)
        notes.took("`make k8s-up`, from an empty namespace to all pods ready")
        notes.held("the suite at rest", place.memory())
        yield place.gateway()
        notes.held("the suite at the end", place.memory())
    finally:
        cluster.down(folder / "volumes")


@pytest.fixture
async def actors(suite: str) -> AsyncIterator[Actors]:
    """Come in by the gateway."""
    actors = Actors(suite)
    yield actors
    await actors.close()
