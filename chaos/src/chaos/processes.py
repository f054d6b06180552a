"""Processes of a run: started, killed, stopped, restarted."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from stack.parent_death import before_exec

STOP_SECONDS: Final = 15.0


class RestartableProcess:
    """A program of a run, in a process of its own; its output goes to one log."""

    def __init__(
        self, command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.log = log
        self._command, self._environment = command, {**os.environ, **(environment or {})}
        self._lock = asyncio.Lock()
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603, our own words
                self._command,
                stdout=log,
                stderr=log,
                env=self._environment,
                preexec_fn=before_exec(signal.SIGKILL),  # noqa: PLW1509, two system calls, no locks
            )

    async def restart_after(self, sent: signal.Signals, *, away: float = 0.0) -> bool:
        """Send a signal and start the process again, `away` seconds after its end.

        Return whether the old one ended in time.
        """
        async with self._lock:
            in_time = await self._end(sent)
            await asyncio.sleep(away)
            self._process = self._start()
            return in_time

    async def freeze(self, seconds: float) -> None:
        """Stop the process without ending it, and let it go on after so long."""
        async with self._lock:
            self._process.send_signal(signal.SIGSTOP)
            await asyncio.sleep(seconds)
            self._process.send_signal(signal.SIGCONT)

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
