"""The Docker engine and its clients: found, and started where one is installed and none runs."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from deploy import requirements
from deploy.console import console
from deploy.paths import HOME, ROOT

START_SECONDS: Final = 30


class NoEngine(Exception):
    """No Docker engine runs here, and none can be started."""


@cache
def docker() -> str:
    """Return the path of a docker client that can build. Raises NoEngine."""
    if clients := requirements.building_clients():
        return clients[0]
    raise NoEngine("No docker client that can build: `make deps-ci` installs one.")


def run(*arguments: str, quiet: bool = False) -> None:
    """Run a docker command that must succeed. Raises CalledProcessError."""
    out = subprocess.DEVNULL if quiet else None
    environment = {**os.environ, "DOCKER_BUILDKIT": "1"}
    command = [docker(), *arguments]
    subprocess.run(command, check=True, stdout=out, cwd=ROOT, env=environment)  # noqa: S603 # ours


def ask(*arguments: str) -> str:
    """Return the output of a docker command. Raises CalledProcessError."""
    command = [docker(), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 # ours


def succeeds(*arguments: str) -> bool:
    """Run a docker command and tell whether it succeeded."""
    return _succeeds([docker(), *arguments])


def has_image(name: str) -> bool:
    """Tell whether the engine has an image of this name."""
    return bool(ask("images", "--quiet", name))


def compose(*arguments: str, check: bool = True) -> int:
    """Run Docker Compose on our file: the client's own, or the one from the package."""
    command = [*compose_command(), *arguments]
    return subprocess.run(command, check=check, cwd=ROOT).returncode  # noqa: S603 # ours


def compose_command() -> list[str]:
    """Return the command of Docker Compose on our file."""
    return [*_compose(), "--file", str(ROOT / "docker-compose.yml")]


def lint(recipes: Sequence[Path]) -> str:
    """Return hadolint's findings about Dockerfiles."""
    command = [str(Path(sys.executable).with_name("hadolint")), "--no-color", *map(str, recipes)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False).stdout  # noqa: S603 # ours


def ensure() -> None:
    """Return when an engine answers; start the installed one if none does. Raises NoEngine."""
    if _answers():
        return
    daemon = shutil.which("dockerd", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if daemon is None or os.geteuid() != 0:
        raise NoEngine("No Docker engine runs. Start Docker, or become root where it is installed.")
    log = HOME / "dockerd.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    console.print(f"No Docker engine runs; starting {daemon}, which stays. Its log is {log}")
    with log.open("ab") as out:
        engine = subprocess.Popen([daemon], stdout=out, stderr=out, start_new_session=True)  # noqa: S603
    deadline = time.monotonic() + START_SECONDS
    while not _answers():
        if engine.poll() is not None or time.monotonic() > deadline:
            raise NoEngine(f"The Docker engine did not start: see {log}")
        time.sleep(0.2)


def _answers() -> bool:
    return _succeeds([docker(), "info"])


def _compose() -> list[str]:
    plugin = [docker(), "compose"]
    if _succeeds([*plugin, "version"]):
        return plugin
    own = Path(sys.executable).with_name("docker-compose")
    if not own.exists():
        raise NoEngine("Docker Compose is not here: `make compose-up` brings it.")
    return [str(own)]


def _succeeds(command: Sequence[str]) -> bool:
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 # our own arguments
    return done.returncode == 0
