"""Orphaned processes: those of a supervisor that was killed."""

import contextlib
import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import psutil

from stack.process_supervisor import ProcessSupervisor

GRACE_SECONDS: Final = 10.0


def record(file: Path, supervisors: Iterable[ProcessSupervisor]) -> None:
    """Write the pids and start times of all running processes to `file`."""
    pids = [k.process.pid for k in supervisors if k.process and k.process.alive]
    recorded: list[tuple[int, float]] = []
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            recorded.append((pid, psutil.Process(pid).create_time()))
    file.write_text(json.dumps(recorded))


def end(file: Path, grace: float = GRACE_SECONDS) -> list[int]:
    """Wait for recorded processes to end, kill the rest after `grace` seconds; return their pids.

    The kernel has signalled all of them already. PostgreSQL is left to its own next start, which
    waits for it: killed while it stops, it would leave its shared memory behind.
    """
    deadline = time.monotonic() + grace
    while (left := list(_alive(file))) and time.monotonic() < deadline:
        time.sleep(0.05)
    for process in left:
        process.kill()
    file.unlink(missing_ok=True)
    return [process.pid for process in left]


def is_running(pid: int) -> bool:
    """Tell whether a process exists and is no zombie."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _alive(file: Path) -> Iterator[psutil.Process]:
    recorded = json.loads(file.read_text()) if file.exists() else []
    for pid, created in recorded:
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            same = process.create_time() == created and is_running(pid)
            if same and process.name() != "postgres":
                yield process
