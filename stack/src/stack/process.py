"""A started process: its pid, its signals, its exit code."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stack.parent_death import before_exec


def _new_ended() -> "asyncio.Future[int]":
    return asyncio.get_running_loop().create_future()


@dataclass
class Process:
    """A running process and a future of its exit code."""

    pid: int
    ended: "asyncio.Future[int]" = field(default_factory=_new_ended)

    @property
    def alive(self) -> bool:
        """Tell whether no exit code has been received yet."""
        return not self.ended.done()

    def send(self, number: signal.Signals) -> None:
        """Send the process a signal, or nothing if it has ended."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def note_end(self, code: int) -> None:
        """Set the exit code."""
        if self.alive:
            self.ended.set_result(code)

    async def end(self, number: signal.Signals, *, grace: float) -> None:
        """Send a signal; SIGKILL after `grace` seconds. Return when the process has ended."""
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
    own_session: bool = False,
) -> Process:
    """Start a program that writes to `log` and receives `dies_by` when this process ends.

    In a session of its own it has a share of the CPU of its own, too (the kernel's autogroups).
    """
    with log.open("ab") as out:
        child = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env={**os.environ, **(environment or {})},
            pass_fds=keep,
            start_new_session=own_session,
            preexec_fn=before_exec(dies_by),
        )
    process = Process(child.pid)
    waiting = asyncio.create_task(child.wait())
    waiting.add_done_callback(lambda task: process.note_end(_code_of(task)))
    return process


def _code_of(task: "asyncio.Task[int]") -> int:
    return -1 if task.cancelled() else task.result()
