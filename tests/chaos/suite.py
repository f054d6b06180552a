"""The stack's own command line, used on a folder of the test's."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

_REQUEST = re.compile(r'HTTP/1\.1|"request_id"')
FOR_TESTS = {
    "CHONSO_RATE_LIMITS": "off",
    "IDENTITY_OTP_LIMITS_OFF": "true",
    "VIDEOCALL_SHORTEST_RECORDING_SECONDS": "0",
}


class Suite:
    """A whole suite that may be stopped, started, armed and killed."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self._armed: dict[str, Path] = {}
        """By service, the mark that its death will leave."""

    def up(self, *more: str) -> None:
        """Start everything and wait until it is ready."""
        self.run("up", "-d", *more)

    def down(self) -> None:
        """Stop everything, in order."""
        self.run("down")

    @property
    def gateway(self) -> str:
        """The address of the gateway."""
        return str(self.status()["gateway"])

    def status(self) -> dict[str, Any]:
        """Return what runs."""
        status: dict[str, Any] = json.loads(self.run("status", "--json").stdout)
        return status

    def address(self, process: str) -> str:
        """Return where a part listens."""
        return str(next(p["address"] for p in self.status()["processes"] if p["name"] == process))

    def kill(self, process: str) -> None:
        """End a part with SIGKILL, as a machine that loses its power would."""
        self.run("kill", process)

    def arm(self, faults: Mapping[str, str], graves: Path) -> None:
        """Tell each service where to die, once: `{"hold": "before_commit:hold:HoldCreated"}`."""
        self._armed |= {
            service: graves / fault.replace(":", "-") for service, fault in faults.items()
        }
        self._restart(
            {
                service: ("--env", f"CHONSO_FAULT={fault}", "--env", f"CHONSO_FAULT_DIR={graves}")
                for service, fault in faults.items()
            }
        )

    def disarm(self) -> None:
        """Disarm the services that have not died: a fault that has left its mark is none."""
        alive = (service for service, grave in self._armed.items() if not grave.exists())
        self._restart(dict.fromkeys(alive, ()))
        self._armed.clear()

    def last_words(self, lines: int = 12) -> Iterator[tuple[str, str]]:
        """Give the end of each process's log, without the requests."""
        for log in sorted((self.state / "logs").glob("*.log")):
            said = [line for line in log.read_text().splitlines() if not _REQUEST.search(line)]
            yield log.stem, "\n".join(line[:300] for line in said[-lines:])

    def _restart(self, options: Mapping[str, tuple[str, ...]]) -> None:
        with ThreadPoolExecutor(3) as several:
            list(
                several.map(
                    lambda service: self.run("restart", service, *options[service]), options
                )
            )

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run the command line; a failure is an assertion with what it said."""
        done = subprocess.run(  # noqa: S603, our own words
            [sys.executable, "-m", "stack", *command],
            env=os.environ | FOR_TESTS | {"CHONSO_STATE": str(self.state)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"stack {command}: {done.stdout}{done.stderr}"
        return done
