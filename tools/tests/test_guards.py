"""Every guard of `make check` has been seen to fail: each planted violation turns it red."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

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
)
HOLD = "services/hold/src/hold"


@dataclass(frozen=True)
class Plant:
    """A violation: what is added to which file, who must notice, and what they must say."""

    file: str
    added: str
    guard: str
    says: str


PLANTS = {
    "an unused import": Plant(f"{HOLD}/domain.py", "import os\n", "ruff", "F401"),
    "a random id": Plant(
        f"{HOLD}/domain.py", "from uuid import uuid4\n\nuuid4()\n", "ruff", "TID251"
    ),
    "naive time": Plant(
        f"{HOLD}/domain.py", "from datetime import datetime\n\ndatetime.now()\n", "ruff", "DTZ005"
    ),
    "ugly code": Plant(f"{HOLD}/domain.py", "x=  1\n", "format", "would be reformatted"),
    "a neighbour's code": Plant(
        f"{HOLD}/commands.py", "import kyc.settings\n", "imports", "Services meet only on the bus"
    ),
    "a library that knows a service": Plant(
        "libs/kit/src/kit/errors.py",
        "import hold.settings\n",
        "imports",
        "Services stand on the kit",
    ),
    "events that know the kit": Plant(
        "libs/events/src/events/ids.py", "import kit.errors\n", "imports", "Services stand on"
    ),
    "a domain that talks": Plant(
        f"{HOLD}/domain.py", "import sqlalchemy\n", "imports", "The domain decides"
    ),
    "a drawer for everything": Plant(
        f"{HOLD}/utils.py", '"""Odds and ends."""\n', "imports", "  hold.utils\n"
    ),
    "a noun that knows another noun's routes": Plant(
        "services/order/src/order/orders/api.py",
        "import order.refunds.api\n",
        "imports",
        "  order.orders.api -> order.refunds.api\n",
    ),
    "a fact that is dropped in another noun": Plant(
        f"{HOLD}/claims/commands.py",
        "\n\ndef forget(hold: Hold) -> None:\n    hold.release()\n",
        "facts",
        "never published",
    ),
    "a fact of a noun's own domain that is dropped": Plant(
        "services/order/src/order/refunds/commands.py",
        "\n\ndef forget(refund: Refund) -> None:\n    _ = refund.issue()\n",
        "facts",
        "never published",
    ),
    "a function that nobody calls": Plant(
        f"{HOLD}/main.py", "\n\ndef forgotten() -> None:\n    pass\n", "unused", "'forgotten'"
    ),
    "a setting that nothing reads": Plant(
        f"{HOLD}/settings.py", "    forgotten_seconds: int = 5\n", "unused", "'forgotten_seconds'"
    ),
    "a long file": Plant(
        f"{HOLD}/main.py", "# one more line\n" * 250, "length", "split it by noun"
    ),
    "a long file outside the services": Plant(
        "chaos/src/chaos/__init__.py", "# one more line\n" * 250, "length", "split it by noun"
    ),
    "a docstring that names no subject": Plant(
        "tools/migrations.py",
        '\n\nclass Kept:\n    """What is kept."""\n',
        "docstrings",
        "begin with the subject or a verb: What is kept.",
    ),
    "a migration with another's number": Plant(
        "services/hold/migrations/versions/0005_twice.py",
        'revision = "0005"\ndown_revision = "0004"\n',
        "migrations",
        "revision 0005 twice",
    ),
    "an event that is not written down": Plant(
        "libs/events/src/events/facts/hold.py",
        '\n\nclass HoldForgotten(Event):\n    """Nobody knows."""\n\n    hold_id: UUID\n',
        "contracts",
        "make schemas",
    ),
    "a promise that is broken": Plant(
        "libs/events/src/events/facts/hold.py",
        '\n\nHoldExpired.__annotations__["at"] = int\n'
        "HoldExpired.model_fields.pop('number_id')\nHoldExpired.model_rebuild(force=True)\n",
        "contracts",
        "would no longer mean",
    ),
    "a reaction that nobody can read about": Plant(
        f"{HOLD}/consumers.py",
        "\n\nfrom events import ShipmentLost\n\n\n@subscriptions.on(ShipmentLost)\n"
        'async def mourn(lost: ShipmentLost, tx: Tx) -> None:\n    """Mourn."""\n',
        "asyncapi",
        "Run `make schemas`",
    ),
    "an event that changed its words": Plant(
        "libs/events/src/events/facts/hold.py",
        '\n\nHoldExpired.__doc__ = "Too late."\n',
        "asyncapi",
        "docs/events/asyncapi.json is not what events and consumers say",
    ),
    "an event without a topic": Plant(
        "libs/events/src/events/facts/hold.py",
        '\n\nclass HoldForgotten(Event):\n    """Nobody knows."""\n\n    hold_id: UUID\n',
        "drift",
        "deploy/k8s/components/strimzi/topics.yaml says",
    ),
    "a route that Kubernetes does not know": Plant(
        "deploy/gateway/routes.toml",
        'public = ["GET /v1/news"]\n',
        "drift",
        "deploy/k8s/components/gateway-api/routes.yaml says",
    ),
    "a setting that production does not have": Plant(
        "deploy/src/deploy/environment.py",
        "\n\n_before = _own_variables\n\n\ndef _own_variables(*a, **k):\n"
        '    return {**_before(*a, **k), "hold": {"LOCK_MINUTES": "5"}}\n',
        "drift",
        "[prod.outside.hold] does not say LOCK_MINUTES",
    ),
    "a rendered file that was edited": Plant(
        "deploy/k8s/base/services/hold.yaml", "# by hand\n", "drift", "hold.yaml is longer"
    ),
    "a wrong type": Plant(
        "libs/kit/src/kit/errors.py", 'ANSWER: int = "forty-two"\n', "types", "Incompatible types"
    ),
}

BIN = Path(sys.executable).parent
GUARDS = {
    "format": [str(BIN / "ruff"), "format", "--check", "."],
    "ruff": [str(BIN / "ruff"), "check", "."],
    "imports": [str(BIN / "lint-imports"), "--no-cache"],
    "facts": [sys.executable, "tools/unpublished_facts.py"],
    "unused": [sys.executable, "tools/unused_code.py"],
    "length": [sys.executable, "tools/file_length.py"],
    "docstrings": [sys.executable, "-m", "tools.docstrings"],
    "migrations": [sys.executable, "tools/migrations.py"],
    "contracts": [sys.executable, "tools/schemas.py", "--check"],
    "asyncapi": [sys.executable, "-m", "tools.asyncapi", "--check"],
    "drift": [sys.executable, "-m", "deploy.k8s", "drift"],
    "types": [str(BIN / "mypy"), "libs/kit/src/kit/errors.py"],
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the tree, so that nothing is planted in the real one."""
    there = tmp_path_factory.mktemp("garden")
    clutter = shutil.ignore_patterns("__pycache__", ".*cache*", "node_modules")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, there / folder, ignore=clutter)
    shutil.copy(ROOT / "pyproject.toml", there)
    return there


@pytest.fixture
def garden(copy: Path) -> Iterator[Path]:
    """Give the copy, and put back what a test planted in it."""
    yield copy
    for plant in PLANTS.values():
        if (ROOT / plant.file).exists():
            shutil.copy(ROOT / plant.file, copy / plant.file)
        else:
            (copy / plant.file).unlink(missing_ok=True)


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
    found = guarded(garden, guard)

    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS.keys())
def test_a_planted_violation_turns_its_guard_red(garden: Path, plant: Plant) -> None:
    file = garden / plant.file
    file.write_text((file.read_text() if file.exists() else "") + plant.added)

    found = guarded(garden, plant.guard)

    assert found.returncode != 0
    assert plant.says in found.stdout + found.stderr
