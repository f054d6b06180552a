"""What a supervisor that was killed has left behind."""

import contextlib
import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import psutil

from stack.keeper import Keeper

PATIENCE_SECONDS: Final = 10.0


def remember(file: Path, keepers: Iterable[Keeper]) -> None:
    """Write down who is running."""
    pids = [k.process.pid for k in keepers if k.process and k.process.alive]
    known: list[tuple[int, float]] = []
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            known.append((pid, psutil.Process(pid).create_time()))
    file.write_text(json.dumps(known))


def clear_away(file: Path, patience: float = PATIENCE_SECONDS) -> list[int]:
    """Wait for what is still ending, then kill it; return whom.

    The kernel has told everybody already. PostgreSQL is left to its own next start, which waits
    for it: killed in the middle of stopping it would leave its shared memory in the way.
    """
    deadline = time.monotonic() + patience
    while (left := list(_alive(file))) and time.monotonic() < deadline:
        time.sleep(0.05)
    for process in left:
        process.kill()
    file.unlink(missing_ok=True)
    return [process.pid for process in left]


def is_running(pid: int) -> bool:
    """Tell whether a process is there and not merely unburied."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _alive(file: Path) -> Iterator[psutil.Process]:
    known = json.loads(file.read_text()) if file.exists() else []
    for pid, born in known:
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            same = process.create_time() == born and is_running(pid)
            if same and process.name() != "postgres":
                yield process
