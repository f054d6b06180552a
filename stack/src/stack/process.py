"""A process we started, whichever way."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stack.deathsig import before_exec


def _new_ended() -> "asyncio.Future[int]":
    return asyncio.get_running_loop().create_future()


@dataclass
class Process:
    """A running process and the promise of its exit code."""

    pid: int
    ended: "asyncio.Future[int]" = field(default_factory=_new_ended)

    @property
    def alive(self) -> bool:
        """Tell whether it has not ended yet, as far as we have heard."""
        return not self.ended.done()

    def send(self, number: signal.Signals) -> None:
        """Send it a signal; one that is gone does not mind."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def note_end(self, code: int) -> None:
        """Keep the promise."""
        if self.alive:
            self.ended.set_result(code)

    async def end(self, number: signal.Signals, *, grace: float) -> None:
        """Ask it to stop; insist when it takes too long."""
        self.send(number)
        try:
            async with asyncio.timeout(grace):
                await asyncio.shield(self.ended)
        except TimeoutError:
            self.send(signal.SIGKILL)
            await asyncio.shield(self.ended)


async def execute(
    command: Sequence[str],
    log: Path,
    *,
    environment: Mapping[str, str] | None = None,
    dies_by: signal.Signals = signal.SIGKILL,
    keep: Sequence[int] = (),
) -> Process:
    """Start a program. It writes to `log`, and gets `dies_by` when we are gone."""
    with log.open("ab") as out:
        child = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env={**os.environ, **(environment or {})},
            pass_fds=keep,
            preexec_fn=before_exec(dies_by),
        )
    process = Process(child.pid)
    waiting = asyncio.create_task(child.wait())
    waiting.add_done_callback(lambda task: process.note_end(_code_of(task)))
    return process


def _code_of(task: "asyncio.Task[int]") -> int:
    return -1 if task.cancelled() else task.result()
