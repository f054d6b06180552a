"""Where a test may kill a process at the worst moment, once.

`CHONSO_FAULT=<point>[:<service>][:<EventType>]` arms one point, and the process that reaches it
first ends itself with SIGKILL, as a machine that loses its power would. A file in
`CHONSO_FAULT_DIR`, which must be set too, remembers that it happened: no restart repeats it.

| point | the moment | what must hold afterwards |
|---|---|---|
| `before_commit` | the work is done, its transaction stated the fact, nothing is committed | as if it had never begun |
| `before_publish` | the fact is committed, the relay has not handed it to Kafka | it is sent after the restart |
| `before_offset` | the effect of the fact is committed, its offset is not | it is heard again, and nothing is done twice |

The service is the one that states the fact, or, at `before_offset`, the one that hears it.
Without a service or a type any will do: `before_publish:hold`, `before_offset:OrderPlaced`.
Nothing is asked anywhere while the variable is not set: callers look at `ARMED` first.
"""  # noqa: E501, a table has long lines

import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Self, get_args

Point = Literal["before_commit", "before_publish", "before_offset"]


@dataclass(frozen=True)
class Fault:
    """One moment at which one process is to die."""

    point: str
    service: str | None
    event_type: str | None
    marker: Path

    @classmethod
    def read(cls, word: str, folder: str) -> Self:
        """Understand the environment, or refuse to start: a typing mistake would test nothing."""
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


ARMED: Final = _armed()


def reach(point: Point, service: str, event_type: str) -> None:
    """Die here, if this is the moment and it has not come before."""
    if ARMED is None or not ARMED.fits(point, service, event_type):
        return
    try:
        ARMED.marker.touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
