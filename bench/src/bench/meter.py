"""Wall and CPU time of a piece of work."""

import time
from dataclasses import dataclass, field

Figures = dict[str, float]


@dataclass(frozen=True)
class Moment:
    """A reading of two clocks: wall time, and CPU time of this process."""

    wall: float = field(default_factory=time.perf_counter)
    cpu: float = field(default_factory=time.process_time)


def figures(begin: Moment, end: Moment, count: int) -> Figures:
    """Put what lies between two moments as a rate and as a cost."""
    return {
        "per_second": count / (end.wall - begin.wall),
        "cpu_us": (end.cpu - begin.cpu) / count * 1e6,
    }
