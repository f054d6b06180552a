"""Worker processes of a run: started, killed, stopped, restarted."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from stack.parent_death import before_exec

STOP_SECONDS: Final = 15.0


class WorkerProcess:
    """One relay or consumer, in a process of its own."""

    def __init__(self, role: str, number: int, arguments: Sequence[str], logs: Path) -> None:
        self.log = logs / f"{role}-{number}.log"
        self._command = [sys.executable, "-m", "chaos.worker", role, *arguments]
        self._lock = asyncio.Lock()
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603, our own words
                self._command,
                stdout=log,
                stderr=log,
                preexec_fn=before_exec(signal.SIGKILL),  # noqa: PLW1509, two system calls, no locks
            )

    async def restart_after(self, sent: signal.Signals) -> bool:
        """Send a signal and start the process again; return whether the old one ended in time."""
        async with self._lock:
            in_time = await self._end(sent)
            self._process = self._start()
            return in_time

    async def stop(self) -> bool:
        """Stop the process for good; return whether it ended in time."""
        async with self._lock:
            return await self._end(signal.SIGTERM)

    @property
    def has_exited(self) -> bool:
        """Whether the process exited without having been signalled."""
        return not self._lock.locked() and self._process.poll() is not None

    async def _end(self, sent: signal.Signals) -> bool:
        self._process.send_signal(sent)
        try:
            await asyncio.to_thread(self._process.wait, STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return False
        return True
