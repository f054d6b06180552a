"""Supervision of one process: start, readiness, restart with backoff, stop."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Final

from stack.process import Process

FIRST_BACKOFF_SECONDS: Final = 0.2
MAX_BACKOFF_SECONDS: Final = 10.0
START_SECONDS: Final = 60
ATTEMPTS: Final = 3
_STABLE_SECONDS: Final = 5.0
_PROBE_EVERY_SECONDS: Final = 0.04

Launch = Callable[[], Awaitable[Process]]
Probe = Callable[[], Awaitable[bool]]


class Condition(StrEnum):
    """The condition of a supervised process."""

    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    CRASHED = "crashed"
    STOPPED = "stopped"


class DidNotStart(Exception):
    """A process did not become ready in ATTEMPTS starts."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")
        self.name = name


class ProcessSupervisor:
    """Starts a process, waits until it answers, and starts it again when it ends."""

    def __init__(
        self,
        name: str,
        launch: Launch,
        probe: Probe,
        *,
        address: str = "",
        stop_with: signal.Signals = signal.SIGTERM,
        grace: float = 10,
    ) -> None:
        self.name, self.address = name, address
        self._launch, self._probe = launch, probe
        self._stop_with, self._grace = stop_with, grace
        self.condition = Condition.WAITING
        self.process: Process | None = None
        self.restarts = 0
        self.took_seconds = 0.0
        self.on_change: Callable[[ProcessSupervisor], None] = lambda _: None
        self._ready = asyncio.Event()
        self._restarting = False
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the process and return when it is ready. Raises DidNotStart."""
        self._task = asyncio.create_task(self._supervise(), name=f"supervise {self.name}")
        ready = asyncio.create_task(self._ready.wait())
        await asyncio.wait([self._task, ready], return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self._task.done():
            await self._task

    async def restart(self) -> None:
        """Stop the process; return when the next one is ready. Raises TimeoutError."""
        self._ready.clear()
        if self.process is not None and self.process.alive:
            self._restarting = True
            await self.process.end(self._stop_with, grace=self._grace)
        async with asyncio.timeout(START_SECONDS):
            await self._ready.wait()

    async def stop(self) -> None:
        """Stop the process and do not start another."""
        if self._task is not None:
            self._task.cancel()  # before the process ends: it would be started again
            await asyncio.gather(self._task, return_exceptions=True)
        if self.process is not None and self.process.alive:
            await self.process.end(self._stop_with, grace=self._grace)
        self._set_condition(Condition.STOPPED)

    def kill(self, number: signal.Signals) -> None:
        """Send the process a signal, as an accident would."""
        if self.process:
            self.process.send(number)

    async def _supervise(self) -> None:
        backoff, was_ready = FIRST_BACKOFF_SECONDS, False
        while True:
            began = time.monotonic()
            reason = await self._run_once()
            was_ready = was_ready or self.took_seconds > 0
            if self._restarting:
                self._restarting = False
                continue
            self.restarts += 1
            self._set_condition(Condition.CRASHED)
            if not was_ready and self.restarts >= ATTEMPTS:
                raise DidNotStart(self.name, reason)
            if time.monotonic() - began > _STABLE_SECONDS:
                backoff = FIRST_BACKOFF_SECONDS
            await asyncio.sleep(backoff)
            backoff = min(backoff * 2, MAX_BACKOFF_SECONDS)

    async def _run_once(self) -> str:
        """Run the process once and return the reason of its end."""
        began = time.monotonic()
        self._set_condition(Condition.STARTING)
        try:
            self.process = await self._launch()
        except OSError as error:  # no such program, or the fork server has just gone
            return f"could not be started: {error}"
        self._set_condition(Condition.STARTING)
        if await self._becomes_ready(self.process):
            self.took_seconds = time.monotonic() - began
            self._set_condition(Condition.READY)
            self._ready.set()
        code = await asyncio.shield(self.process.ended)
        return f"ended with {code} before it answered"

    async def _becomes_ready(self, process: Process) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while process.alive and time.monotonic() < deadline:
            if await self._probe():
                return True
            await asyncio.sleep(_PROBE_EVERY_SECONDS)
        process.send(signal.SIGKILL)
        return False

    def _set_condition(self, condition: Condition) -> None:
        self.condition = condition
        self.on_change(self)
