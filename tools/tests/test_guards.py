"""Every guard of `make check` has been seen to fail: each planted violation turns it red."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.tests.violations import VIOLATIONS, Violation

ROOT = Path(__file__).parents[2]
FOLDERS = (
    "libs",
    "services",
    "simulators",
    "stack",
    "demo",
    "bench",
    "chaos",
    "tools",
    "tests",
    "docs",
    "deploy",
    "web",
)
BIN = Path(sys.executable).parent
GUARDS = {
    "format": [str(BIN / "ruff"), "format", "--check", "."],
    "ruff": [str(BIN / "ruff"), "check", "."],
    "imports": [str(BIN / "lint-imports"), "--no-cache"],
    "facts": [sys.executable, "tools/unpublished_facts.py"],
    "unused": [sys.executable, "tools/unused_code.py"],
    "length": [sys.executable, "tools/file_length.py"],
    "docstrings": [sys.executable, "-m", "tools.docstrings"],
    "names": [sys.executable, "-m", "tools.names"],
    "migrations": [sys.executable, "tools/migrations.py"],
    "contracts": [sys.executable, "tools/schemas.py", "--check"],
    "asyncapi": [sys.executable, "-m", "tools.asyncapi", "--check"],
    "drift": [sys.executable, "-m", "deploy.k8s", "drift"],
    "openapi": [sys.executable, "-m", "tools.openapi", "--check"],
    "types": [str(BIN / "mypy"), "libs/kit/src/kit/errors.py"],
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the tree, so that nothing is planted in the real one.

    Without what another process may be rendering just now (`deploy.k8s.local.write_envoy`).
    """
    there = tmp_path_factory.mktemp("garden")
    clutter = shutil.ignore_patterns(
        "__pycache__", ".*cache*", "node_modules", "dist", "envoy.json", "envoy.[0-9]*"
    )
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, there / folder, ignore=clutter)
    shutil.copy(ROOT / "pyproject.toml", there)
    return there


@pytest.fixture
def garden(copy: Path) -> Iterator[Path]:
    """Give the copy, and put back what a test planted in it."""
    yield copy
    for violation in VIOLATIONS.values():
        if (ROOT / violation.file).exists():
            shutil.copy(ROOT / violation.file, copy / violation.file)
        else:
            (copy / violation.file).unlink(missing_ok=True)


def guarded(garden: Path, guard: str) -> subprocess.CompletedProcess[str]:
    """Run one step of `make check` on the copy."""
    sources = [folder for depth in ("*/src", "*/*/src") for folder in garden.glob(depth)]
    return subprocess.run(  # noqa: S603, our own words
        GUARDS[guard],
        cwd=garden,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, sources))},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("guard", GUARDS)
def test_a_clean_tree_passes(garden: Path, guard: str) -> None:
    done = guarded(garden, guard)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("violation", VIOLATIONS.values(), ids=VIOLATIONS.keys())
def test_a_planted_violation_turns_its_guard_red(garden: Path, violation: Violation) -> None:
    file = garden / violation.file
    file.write_text((file.read_text() if file.exists() else "") + violation.added)

    done = guarded(garden, violation.guard)

    assert done.returncode != 0
    assert violation.says in done.stdout + done.stderr
