"""Run one subject: its name, and its order as JSON. The last line it prints are its figures."""

import cProfile
import gc
import importlib
import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
import uvloop


def main() -> None:
    """Measure, and print what came out."""
    name, order = sys.argv[1], json.loads(sys.argv[2])
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # a new cluster makes it talk
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    measure = importlib.import_module(f"bench.events.subjects.{name}").measure
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)  # as the services have it, and as well for all others
    with _profiled(name):
        figures = uvloop.run(measure(**order))  # the loop the services run on
    print(json.dumps(figures))


@contextmanager
def _profiled(name: str) -> Iterator[None]:
    """Profile the subject, if `BENCH_PROFILES` names a folder."""
    folder = os.environ.get("BENCH_PROFILES")
    if not folder:
        yield
        return
    with cProfile.Profile() as profile:
        yield
    profile.dump_stats(Path(folder) / f"{name}-{os.getpid()}.prof")


if __name__ == "__main__":
    main()
