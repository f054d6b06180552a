"""The compose file as its users run it, in a project of its own beside whatever else runs."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.compose import engine
from deploy.services import SERVICES, SIMULATORS, WEB

PYTHONS = (*SERVICES, SIMULATORS, WEB)
"""Containers that have a Python and no shell."""


@dataclass(frozen=True)
class Town:
    """Every container of one project."""

    folder: Path
    project: str
    gateway_port: int
    kafka_port: int

    @property
    def gateway(self) -> str:
        """The address of the gateway."""
        return f"http://127.0.0.1:{self.gateway_port}"

    @property
    def kafka(self) -> str:
        """The address of the broker outside its network."""
        return f"127.0.0.1:{self.kafka_port}"

    def up(self) -> None:
        """Start everything and wait, by the words of `make compose-up`."""
        self._python("up")

    def down(self) -> None:
        """Stop everything and keep the data, by the words of `make compose-down`."""
        self._python("down")

    def remove(self) -> None:
        """Forget the data too."""
        self.compose("down", "--volumes", "--timeout", "5")

    def kill(self, container: str) -> None:
        """Let an accident happen to all that runs in a container; nobody tells the engine."""
        python = ["python", "-c", "import os; os.kill(-1, 9)"]
        kill = python if container in PYTHONS else ["bash", "-c", "kill -9 -1"]
        self.compose("exec", "-T", container, *kill, check=False)

    def restarts(self, container: str) -> int:
        """Tell how often the engine has started a container again."""
        return int(self._inspect(container)["RestartCount"])

    def settings(self, container: str) -> dict[str, Any]:
        """Return what a container may do."""
        return self._inspect(container)

    def rows(self, database: str, table: str) -> int:
        """Count the rows of a table."""
        count = f'select count(*) from "{table}"'  # noqa: S608 # a name of ours
        query = ["psql", "--host=127.0.0.1", "-U", database, "-tAc", count, database]
        secret = self.folder / "compose" / "secrets" / f"{database}_database_url"
        password = secret.read_text().partition(f"{database}:")[2].partition("@")[0]
        return int(self.compose("exec", "-T", "-e", f"PGPASSWORD={password}", "postgres", *query))

    def compose(self, *arguments: str, check: bool = True) -> str:
        """Run Docker Compose on the file and return what it says."""
        program = engine.compose_command()
        return self._run([*program, *arguments], check=check)

    def _inspect(self, container: str) -> dict[str, Any]:
        names = self.compose("ps", "--all", "--quiet", container).split()
        (container_state,) = json.loads(engine.ask("inspect", *names))
        return dict(container_state)

    def _python(self, word: str) -> None:
        self._run([sys.executable, "-m", "deploy.compose", word])

    def _run(self, command: list[str], *, check: bool = True) -> str:
        environment = {
            "CHONSO_COMPOSE": str(self.folder / "compose"),
            "CHONSO_PORT": str(self.gateway_port),
            "CHONSO_KAFKA_PORT": str(self.kafka_port),
            "CHONSO_RATE_LIMITS": "off",
            "COMPOSE_PROJECT_NAME": self.project,
        }
        done = subprocess.run(  # noqa: S603 # our own words
            command, env=os.environ | environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0 or not check, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout
