"""Requirements of slow targets are said all at once, before anything is built."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy import requirements
from deploy.paths import ROOT


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Leave only these programs on the PATH; no registry can be reached."""

    def leave(**said: str) -> None:
        for name, script in said.items():
            program = tmp_path / name
            program.write_text(f"#!/bin/sh\n{script}\n")
            program.chmod(0o755)

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    return leave


def test_a_new_machine_is_told_everything_in_one_sentence(
    programs: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    programs()

    assert requirements.check("cluster", "k8s-e2e") == 1

    [sentence] = capsys.readouterr().err.splitlines()
    assert sentence.startswith("make k8s-e2e lacks: a docker client that can build, ")
    assert sentence.endswith("; `make deps-ci` installs it.")
    for name in ("mmdebstrap", "Go 1.21", "containerd", "runc", "iptables", "nft", "conntrack"):
        assert name in sentence


@pytest.mark.parametrize(
    ("said", "builds"),
    [
        ('echo "Docker version 20.10.24"; test "$1" != buildx', True),
        ('echo "Docker version 28.2.2"; test "$1" != buildx', False),
        ("echo github.com/docker/buildx v0.21", True),
    ],
)
def test_a_client_builds_alone_up_to_22_and_by_its_plugin_later(
    programs: Callable[..., None], said: str, *, builds: bool
) -> None:
    programs(docker=said)

    assert bool(requirements.building_clients()) is builds


@pytest.mark.parametrize(("version", "is_met"), [("go1.19.8", False), ("go1.26.1", True)])
def test_go_fetches_what_a_module_asks_for_from_1_21_on(
    programs: Callable[..., None], version: str, *, is_met: bool
) -> None:
    programs(go=f"echo go version {version} linux/amd64")

    lacking = [requirement.name for requirement in requirements.missing("cluster")]

    assert ("Go 1.21 or newer" not in lacking) is is_met


def test_a_cluster_that_answers_needs_none_of_the_parts(programs: Callable[..., None]) -> None:
    programs(kubectl="echo node")

    lacking = {requirement.name for requirement in requirements.missing("cluster")}

    assert lacking <= {requirement.name for requirement in requirements.IMAGES}


def test_whatever_the_cluster_script_asks_for_is_required_before_anything_is_built() -> None:
    script = (ROOT / "deploy/k8s/cluster/cluster.sh").read_text("utf-8")
    [asked] = [line for line in script.splitlines() if line.strip().startswith("for program in ")]
    programs = set(asked.partition(" in ")[2].partition(";")[0].split())
    known = {word for each in requirements.TARGETS["cluster"] for word in each.name.lower().split()}

    assert programs - {"kubectl"} <= known  # kubectl is fetched


def test_every_requirement_but_rights_has_a_package_that_brings_it() -> None:
    bare = [each.name for each in requirements.TARGETS["cluster"] if not each.packages]

    assert bare == ["root's rights"]


def test_the_list_is_read_before_anything_is_installed() -> None:
    """A new machine has Python, make and git: no package of ours may be asked for."""
    alone = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'deploy/src')!r}); import deploy.requirements"
    )

    subprocess.run([sys.executable, "-I", "-S", "-c", alone], check=True)  # noqa: S603 # ours
