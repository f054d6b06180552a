"""Requirements of the slow targets: programs of the operating system and their Debian packages.

Only the standard library is used: this runs before anything is installed.
"""

import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

BASE_IMAGE: Final = "python:3.13-slim-trixie"
_REGISTRY: Final = "https://registry-1.docker.io/v2/"
_LAST_THAT_BUILDS_ALONE: Final = 22
"""Later docker clients leave BuildKit to a plugin, which is not everywhere."""
_FIRST_GO_THAT_FETCHES: Final = 21
"""From 1.21 on, Go fetches the version that a module asks for."""


@dataclass(frozen=True)
class Requirement:
    """A thing that has to be on the machine, and the Debian packages that bring it."""

    name: str
    packages: str
    is_met: Callable[[], bool]


def building_clients() -> list[str]:
    """Return the docker clients on the PATH that can build with BuildKit, in its order."""
    clients = [str(Path(folder, "docker")) for folder in os.get_exec_path()]
    return [client for client in clients if os.access(client, os.X_OK) and _can_build(client)]


def _can_build(client: str) -> bool:
    if _said(client, "buildx", "version"):
        return True
    version = _said(client, "--version").rpartition("version ")[2].partition(".")[0]
    return version.isdigit() and int(version) <= _LAST_THAT_BUILDS_ALONE


def _has_engine() -> bool:
    path = os.pathsep.join([*os.get_exec_path(), "/usr/sbin", "/sbin"])
    startable = shutil.which("dockerd", path=path) is not None and os.geteuid() == 0
    return startable or any(_said(client, "info") for client in building_clients())


def _has_images() -> bool:
    kept = any(_said(client, "images", "--quiet", BASE_IMAGE) for client in building_clients())
    return kept or shutil.which("mmdebstrap") is not None or _registry_answers()


def _registry_answers() -> bool:
    try:
        urllib.request.urlopen(_REGISTRY, timeout=5).close()
    except urllib.error.HTTPError:
        return True  # a registry that asks for a name is there
    except OSError:
        return False
    return True


def _has_go() -> bool:
    minor = _said("go", "version").partition("go1.")[2].partition(".")[0]
    return minor.isdigit() and int(minor) >= _FIRST_GO_THAT_FETCHES


def _has_network_plugins() -> bool:
    return Path("/usr/lib/cni/bridge").exists()


def _is_root() -> bool:
    return os.geteuid() == 0


def _program(name: str, package: str) -> Requirement:
    return Requirement(name, package, lambda: shutil.which(name) is not None)


def _said(*command: str) -> str:
    """Return the output of a program that ended well, else nothing."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 # ours
    except OSError:
        return ""
    return "" if done.returncode else done.stdout


BUILDER: Final = "docker.io docker-cli docker-buildx"
IMAGES: Final = (
    Requirement("a docker client that can build", BUILDER, lambda: bool(building_clients())),
    Requirement("a Docker engine (running, or startable by root)", "docker.io", _has_engine),
    Requirement("mmdebstrap (no registry can be reached)", "mmdebstrap", _has_images),
)
"""For building our images."""
CLUSTER: Final = (
    Requirement("Go 1.21 or newer", "golang-go", _has_go),
    _program("containerd", "containerd"),
    _program("runc", "runc"),
    _program("openssl", "openssl"),
    _program("iptables", "iptables"),
    _program("nft", "nftables"),
    _program("conntrack", "conntrack"),
    Requirement("containernetworking-plugins", "containernetworking-plugins", _has_network_plugins),
    Requirement("root's rights", "", _is_root),
)
"""For `deploy/k8s/cluster/cluster.sh`, where kubectl points at no cluster."""
TARGETS: Final[Mapping[str, Sequence[Requirement]]] = {
    "images": IMAGES,
    "cluster": (*IMAGES, *CLUSTER),
}


def missing(target: str) -> list[Requirement]:
    """Return everything that a target needs and this machine lacks."""
    has_cluster = _said("kubectl", "get", "nodes", "--request-timeout=5s")
    requirements = IMAGES if has_cluster else TARGETS[target]
    return [requirement for requirement in requirements if not requirement.is_met()]


def check(target: str, goal: str) -> int:
    """Say in one sentence everything that is missing and how to install it."""
    if lacking := missing(target):
        names = ", ".join(requirement.name for requirement in lacking)
        sys.stderr.write(f"make {goal} lacks: {names}; `make deps-ci` installs it.\n")
    return bool(lacking)


def install() -> int:
    """Install the missing packages with apt, and say so."""
    lacking = missing("cluster")
    packages = sorted({name for requirement in lacking for name in requirement.packages.split()})
    if packages:
        apt = [*([] if _is_root() else ["sudo"]), "apt-get"]
        subprocess.run([*apt, "update", "-qq"], check=True)  # noqa: S603 # ours
        known = [name for name in packages if _apt_has(name)]
        sys.stdout.write(f"Installing with {' '.join(apt)}: {' '.join(known)}\n")
        subprocess.run([*apt, "install", "-y", "--no-install-recommends", *known], check=True)  # noqa: S603
    if left := [requirement.name for requirement in lacking if not requirement.is_met()]:
        sys.stderr.write(f"apt does not bring: {', '.join(left)}; see docs/containers.md.\n")
        return 1
    sys.stdout.write("Everything that the slow targets need is here.\n")
    return 0


def _apt_has(package: str) -> bool:
    policy = _said("apt-cache", "policy", package)
    return "Candidate:" in policy and "Candidate: (none)" not in policy


if __name__ == "__main__":
    sys.exit(install() if sys.argv[1:] == ["install"] else check(*sys.argv[1:]))
