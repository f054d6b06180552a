"""Points at which a test may kill a process at the worst moment, once.

`CHONSO_FAULT=<point>[:<service>][:<EventType>]` arms one point, and the process that reaches it
first ends itself with SIGKILL, as a machine that loses its power would. A file in
`CHONSO_FAULT_DIR`, which must be set too, remembers that it happened: no restart repeats it.

| point | the moment | what must hold afterwards |
|---|---|---|
| `before_commit` | the work is done, its transaction published or handled the event, nothing is committed | as if it had never begun |
| `before_publish` | the event is committed, the relay has not handed it to Kafka | it is sent after the restart |
| `before_offset` | the effect of the event is committed, its offset is not | it is delivered again, and nothing is done twice |

The service is the one that publishes the event, or that consumes it (`before_commit`, `before_offset`).
Without a service or a type any will do: `before_publish:hold`, `before_offset:OrderPlaced`.
Nothing is asked anywhere while the variable is not set: callers look at `ARMED` first.
"""  # noqa: E501, a table has long lines

import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Self, get_args

HANDLED_BY: Final = "handled by"
"""The key of `session.info` for the services and events it handles, while a fault is armed."""

Point = Literal["before_commit", "before_publish", "before_offset"]


@dataclass(frozen=True)
class Fault:
    """A moment at which one process is to die."""

    point: str
    service: str | None
    event_type: str | None
    marker: Path

    @classmethod
    def read(cls, word: str, folder: str) -> Self:
        """Parse the environment, or refuse to start: a typing mistake would test nothing."""
        point, *parts = word.split(":")
        if point not in get_args(Point) or not folder:
            raise ValueError(f"CHONSO_FAULT={word!r} with CHONSO_FAULT_DIR={folder!r}: no such.")
        types = [part for part in parts if part[:1].isupper()]
        services = [part for part in parts if part and part not in types]
        marker = Path(folder) / word.replace(":", "-")
        return cls(point, next(iter(services), None), next(iter(types), None), marker)

    def fits(self, point: str, service: str, event_type: str) -> bool:
        """Tell whether this is the moment."""
        return (
            point == self.point
            and service == (self.service or service)
            and event_type == (self.event_type or event_type)
        )


def _armed() -> Fault | None:
    word = os.environ.get("CHONSO_FAULT")
    return Fault.read(word, os.environ.get("CHONSO_FAULT_DIR", "")) if word else None


ARMED: Fault | None = _armed()


def arm() -> None:
    """Look at the environment again: a forked process gets its own after the import."""
    global ARMED  # noqa: PLW0603, a process has one environment and dies once
    ARMED = _armed()


def reach(point: Point, service: str, event_type: str) -> None:
    """Kill this process, if the point is armed and was not reached before."""
    if ARMED is None or not ARMED.fits(point, service, event_type):
        return
    try:
        ARMED.marker.touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def note_handled_by(info: dict[Any, Any], service: str, event_type: str) -> None:
    """Remember, until its commit, that this session acts on an event for a service."""
    if ARMED is not None:
        info.setdefault(HANDLED_BY, set()).add((service, event_type))
