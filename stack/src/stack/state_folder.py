"""The state folder of a stack: `.local/`, or the folder that `CHONSO_STATE` names."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deploy.paths import HOME
from stack import unprivileged

_GATEWAY_PORT: Final = 8080


@dataclass(frozen=True)
class StateFolder:
    """The files of one stack; stacks with different folders run side by side."""

    home: Path

    @property
    def usual_port(self) -> int | None:
        """The gateway's first choice of a port, for the checkout's own stack only."""
        return _GATEWAY_PORT if self.home == HOME else None

    @property
    def keys(self) -> Path:
        """Keys and secrets made for this machine."""
        return self.home / "keys"

    @property
    def logs(self) -> Path:
        """One file for each process."""
        return self.home / "logs"

    @property
    def kafka(self) -> Path:
        """The broker's settings and records."""
        return self.home / "kafka"

    @property
    def media(self) -> Path:
        """The recordings of the media node."""
        return self.home / "media"

    @property
    def clock(self) -> Path:
        """The file with the seconds by which the services' clock is ahead of the machine's."""
        return self.home / "clock"

    @property
    def ports(self) -> Path:
        """The ports of the last start, by name."""
        return self.home / "ports.json"

    @property
    def lock(self) -> Path:
        """The running supervisor's lock, which the kernel releases with the process."""
        return self.home / "lock"

    @property
    def processes(self) -> Path:
        """The running processes, by which `up` finds orphans after a supervisor was killed."""
        return self.home / "processes.json"

    @property
    def topics_ready(self) -> Path:
        """The file that exists as soon as Kafka has all topics: services wait for it."""
        return self.home / "topics-are-ready"

    @property
    def population(self) -> Path:
        """The file that exists as soon as the demo's journeys are played in the background."""
        return self.home / "population"

    @property
    def control(self) -> Path:
        """The socket on which the running supervisor takes requests."""
        return self.home / "control"

    def entries(self) -> list[Path]:
        """Return the stack's files and folders that exist; the state folder may hold others."""
        names = ("logs.previous", "envoy.json", "up.log")
        own = (self.keys, self.logs, self.kafka, self.media, self.clock, self.ports, self.lock)
        data = (unprivileged.folder(self.home, name) for name in ("pgdata", "pgdata.new"))
        others = (self.home / name for name in names)
        files = [
            *own,
            self.processes,
            self.topics_ready,
            self.control,
            self.population,
            *data,
            *others,
        ]
        return [file for file in files if file.exists()]


def state_folder() -> StateFolder:
    """Return the state folder that `CHONSO_STATE` names, else the checkout's."""
    return StateFolder(Path(os.environ.get("CHONSO_STATE", HOME)).absolute())
