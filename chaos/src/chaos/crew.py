"""The processes that are struck: started, killed, stopped, started again."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from stack.parent_death import before_exec

STOP_SECONDS: Final = 15.0


class Member:
    """One relay or consumer, in a process of its own."""

    def __init__(self, role: str, number: int, words: Sequence[str], logs: Path) -> None:
        self.log = logs / f"{role}-{number}.log"
        self._command = [sys.executable, "-m", "chaos.member", role, *words]
        self._turn = asyncio.Lock()
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603, our own words
                self._command,
                stdout=log,
                stderr=log,
                preexec_fn=before_exec(signal.SIGKILL),  # noqa: PLW1509, two system calls, no locks
            )

    async def suffer(self, blow: signal.Signals) -> bool:
        """Take a signal and start again; tell whether the end came in time."""
        async with self._turn:
            in_time = await self._end(blow)
            self._process = self._start()
            return in_time

    async def leave(self) -> bool:
        """Stop for good; tell whether it was in time."""
        async with self._turn:
            return await self._end(signal.SIGTERM)

    @property
    def has_died(self) -> bool:
        """Whether it ended without being told to."""
        return not self._turn.locked() and self._process.poll() is not None

    async def _end(self, blow: signal.Signals) -> bool:
        self._process.send_signal(blow)
        try:
            await asyncio.to_thread(self._process.wait, STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return False
        return True
