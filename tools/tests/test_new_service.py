"""A service that is started by the tool stands in every place where the gate wants its name."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "new_service.py"


def started(root: Path, *names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603, our own words
        [sys.executable, str(TOOL), *names], cwd=root, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    clutter = shutil.ignore_patterns("__pycache__", "tests", "envoy.[0-9]*")
    for part in ("libs", "services", "simulators", "deploy", "stack", "demo", "tools"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=clutter)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_a_new_service_passes_the_import_contracts_at_once(copy: Path) -> None:
    done = started(copy, "loyalty", "cards")

    config = tomllib.loads((copy / "pyproject.toml").read_text())
    sources = [folder for depth in ("*/src", "*/*/src") for folder in copy.glob(depth)]
    linted = subprocess.run(  # noqa: S603, our own words
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, sources))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "loyalty-service" in config["project"]["dependencies"]
    assert "loyalty" in config["tool"]["importlinter"]["root_packages"]
    assert "services/loyalty/src" in config["tool"]["mypy"]["mypy_path"]
    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize(
    "names",
    [
        ("hold", "cards"),
        ("Loyalty", "cards"),
        ("x", "cards"),
        ("loyalty", "Card"),
        ("loyalty",),
        (),
    ],
)
def test_a_name_that_is_taken_or_no_name_changes_nothing(copy: Path, names: list[str]) -> None:
    before = (copy / "pyproject.toml").read_text()

    refused = started(copy, *names)

    assert refused.returncode == 1
    assert (copy / "pyproject.toml").read_text() == before
