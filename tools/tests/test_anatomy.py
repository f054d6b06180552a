"""The anatomy contract, tried on a service of four nouns: each violation is a line of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIG = """\
[tool.importlinter]
root_packages = ["shop"]
contract_types = ["anatomy: tools.anatomy.AnatomyContract"]
[[tool.importlinter.contracts]]
name = "Every service has the same anatomy"
type = "anatomy"
"""
SHOP = {
    "__init__": "",
    "main": "import shop.consumers, shop.jobs, shop.carts.api, shop.settings",
    "seed": "import shop.carts.commands",
    "settings": "import shop.prices.domain",
    "tables/__init__": "import shop.tables.carts",
    "tables/carts": "import shop.carts.domain",
    "consumers": "import shop.carts.consumers, shop.settings",
    "jobs": "import shop.prices.jobs, shop.prices.gateways",
    "carts/__init__": "",
    "carts/api": "import shop.carts.commands, shop.prices.queries",
    "carts/consumers": "import shop.carts.commands",
    "carts/commands": "import shop.carts.domain, shop.prices.commands, shop.tables.carts",
    "carts/domain": "import shop.carts.states, shop.prices.domain",
    "carts/states": "",
    "prices/__init__": "",
    "prices/jobs": "import shop.prices.commands",
    "prices/commands": "import shop.prices.domain",
    "prices/queries": "import shop.tables",
    "prices/gateways": "import shop.settings",
    "prices/domain": "",
}


def linted(root: Path, files: dict[str, str]) -> tuple[int, list[str]]:
    """Write the service, check it, and return the exit code and the lines of violations."""
    for module, text in files.items():
        file = root / "services" / "shop" / "src" / "shop" / f"{module}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (root / "pyproject.toml").write_text(CONFIG)
    done = subprocess.run(  # noqa: S603, our own words
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([f"{root}/services/shop/src", str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts: " in done.stdout, done.stdout + done.stderr
    return done.returncode, [line[2:] for line in done.stdout.splitlines() if line[:2] == "  "]


def test_a_service_of_the_anatomy_passes(tmp_path: Path) -> None:
    assert linted(tmp_path, SHOP) == (0, [])


VIOLATIONS = {
    "a file at the top that the anatomy does not have": ("api", "", "shop.api"),
    "a noun's file that is no role": ("carts/helpers", "", "shop.carts.helpers"),
    "a folder inside a noun": ("carts/ways/__init__", "", "shop.carts.ways"),
    "tables inside a noun": ("carts/tables", "", "shop.carts.tables"),
    "a command that knows its own route": (
        "carts/commands",
        "import shop.carts.api",
        "shop.carts.commands -> shop.carts.api",
    ),
    "a query beside its own noun's command": (
        "prices/queries",
        "import shop.prices.commands",
        "shop.prices.queries -> shop.prices.commands",
    ),
    "a query that calls another noun's command": (
        "carts/queries",
        "import shop.prices.commands",
        "shop.carts.queries -> shop.prices.commands",
    ),
    "a domain that knows another noun's command": (
        "carts/domain",
        "import shop.prices.commands",
        "shop.carts.domain -> shop.prices.commands",
    ),
    "a domain that knows the tables": (
        "carts/domain",
        "import shop.tables.carts",
        "shop.carts.domain -> shop.tables.carts",
    ),
    "a domain that knows the settings": (
        "carts/domain",
        "import shop.settings",
        "shop.carts.domain -> shop.settings",
    ),
    "states that know their domain": (
        "carts/states",
        "import shop.carts.domain",
        "shop.carts.states -> shop.carts.domain",
    ),
    "a route that knows another noun's route": (
        "prices/api",
        "import shop.carts.api",
        "shop.prices.api -> shop.carts.api",
    ),
    "a route that knows another noun's job": (
        "carts/api",
        "import shop.prices.jobs",
        "shop.carts.api -> shop.prices.jobs",
    ),
    "a command that knows another noun's consumer": (
        "prices/commands",
        "import shop.carts.consumers",
        "shop.prices.commands -> shop.carts.consumers",
    ),
    "tables that know a command": (
        "tables/carts",
        "import shop.carts.commands",
        "shop.tables.carts -> shop.carts.commands",
    ),
    "a noun that knows how all is wired": (
        "carts/api",
        "import shop.main",
        "shop.carts.api -> shop.main",
    ),
    "a service's consumers that do more than gather": (
        "consumers",
        "import shop.carts.commands",
        "shop.consumers",
    ),
    "a service's jobs that do more than gather": ("jobs", "import shop.carts.domain", "shop.jobs"),
    "two nouns that need each other": (
        "prices/domain",
        "import shop.carts.domain",
        "shop: carts <-> prices",
    ),
}


@pytest.mark.parametrize(("file", "text", "line"), VIOLATIONS.values(), ids=VIOLATIONS.keys())
def test_a_violation_is_named(tmp_path: Path, file: str, text: str, line: str) -> None:
    code, lines = linted(tmp_path, SHOP | {file: text})

    assert code == 1
    assert line in lines


def test_three_nouns_in_a_ring_are_one_circle(tmp_path: Path) -> None:
    ring = {
        "prices/domain": "import shop.taxes.domain",
        "taxes/__init__": "",
        "taxes/domain": "import shop.carts.domain",
    }

    assert linted(tmp_path, SHOP | ring) == (1, ["shop: carts <-> prices <-> taxes"])


def test_a_service_that_import_linter_does_not_read_is_refused(tmp_path: Path) -> None:
    forgotten = tmp_path / "services" / "forgotten" / "src" / "forgotten" / "__init__.py"
    forgotten.parent.mkdir(parents=True)
    forgotten.write_text("")

    with pytest.raises(AssertionError, match="root_packages of import-linter lack forgotten"):
        linted(tmp_path, SHOP)
