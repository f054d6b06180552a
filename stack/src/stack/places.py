"""Where the local stack keeps what it needs: its state, and the downloads that outlive it."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deploy.paths import HOME
from stack import unprivileged

_GATEWAY_PORT: Final = 8080


@dataclass(frozen=True)
class State:
    """One stack's files. Two stacks with two states do not know of each other."""

    home: Path

    @property
    def usual_port(self) -> int | None:
        """Where people look for the checkout's own gateway; a stack beside it leaves that free."""
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
    def clock(self) -> Path:
        """How many seconds the services' clock is ahead of the machine's."""
        return self.home / "clock"

    @property
    def ports(self) -> Path:
        """Which port everyone had last time."""
        return self.home / "ports.json"

    @property
    def lock(self) -> Path:
        """Held by the running supervisor: the kernel lets go of it whatever happens."""
        return self.home / "lock"

    @property
    def processes(self) -> Path:
        """The running processes, for whoever comes after a supervisor that was killed."""
        return self.home / "processes.json"

    @property
    def gate(self) -> Path:
        """There as soon as the bus is: services wait for it."""
        return self.home / "bus-is-ready"

    @property
    def control(self) -> Path:
        """The socket on which the running supervisor takes orders."""
        return self.home / "control"

    def entries(self) -> list[Path]:
        """Everything that belongs to the stack; the folder itself may hold other things."""
        names = ("logs.previous", "envoy.json", "up.log")
        own = (self.keys, self.logs, self.kafka, self.clock, self.ports, self.lock)
        data = (unprivileged.folder(self.home, name) for name in ("pgdata", "pgdata.new"))
        others = (self.home / name for name in names)
        files = [*own, self.processes, self.gate, self.control, *data, *others]
        return [file for file in files if file.exists()]


def state() -> State:
    """Return this checkout's stack, or the one that `CHONSO_STATE` names."""
    return State(Path(os.environ.get("CHONSO_STATE", HOME)).absolute())
