"""The lock files hold versions and hashes of packages, and not where a machine gets them from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.paths import ROOT

LOCKS = {file.stem: file.read_text() for file in (ROOT / "locks").glob("*.txt")}
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
MEMBERS = [
    *(
        file
        for pattern in ("*", "libs/*", "services/*", "web/*")
        for file in ROOT.glob(f"{pattern}/pyproject.toml")
    )
]


def pins_of(lock: str) -> dict[str, str]:
    return dict(PIN.findall(LOCKS[lock]))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_host_and_no_folder(lock: str) -> None:
    assert "://" not in LOCKS[lock]
    assert not re.search(r"^(-|\S*/)", LOCKS[lock], re.MULTILINE)


@pytest.mark.parametrize("lock", sorted({*LOCKS} - {"dev"}))
def test_all_lock_files_hold_the_same_versions(lock: str) -> None:
    common = pins_of(lock).keys() & pins_of("dev").keys()

    assert {name: pins_of(lock)[name] for name in common} == {
        name: pins_of("dev")[name] for name in common
    }


@pytest.mark.parametrize("member", MEMBERS, ids=lambda file: file.parent.name)
def test_what_a_member_depends_on_is_locked_in_a_version_that_it_accepts(member: Path) -> None:
    pins = pins_of("dev")
    members = {tomllib.loads(file.read_text())["project"]["name"] for file in MEMBERS}
    project = tomllib.loads(member.read_text())["project"]
    needed = [Requirement(text) for text in project.get("dependencies", [])]

    refused = [
        str(requirement)
        for requirement in needed
        if (name := canonicalize_name(requirement.name)) not in members
        and pins.get(name, "") not in requirement.specifier
    ]

    assert refused == [], "run `make lock`"
