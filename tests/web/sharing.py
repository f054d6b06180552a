"""A suite that the workers of one run share, and the order in which they use it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.suite import Suite


@contextmanager
def suite(folder: Path) -> Iterator[Suite]:
    """Use the suite in a folder: the first worker starts it, the last one stops it."""
    suite, users = Suite(folder / "suite"), folder / "suite-users"
    with _locked(folder / "suite-lock", fcntl.LOCK_EX):
        before = _count(users)
        if not before:
            suite.up()
        users.write_text(str(before + 1))
    yield suite
    with _locked(folder / "suite-lock", fcntl.LOCK_EX):
        left = _count(users) - 1
        users.write_text(str(left))
        if not left:
            suite.down()


@contextmanager
def place(folder: Path, *, alone: bool) -> Iterator[None]:
    """Take a place among the tests that run now, or wait until there are none and keep it so."""
    with _locked(folder / "places", fcntl.LOCK_EX if alone else fcntl.LOCK_SH):
        yield


@contextmanager
def _locked(path: Path, how: int) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, how)
        yield


def _count(users: Path) -> int:
    return int(users.read_text()) if users.exists() else 0
