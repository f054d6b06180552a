"""Measure a media node: `python -m bench.media`.

Calls of two parties are added step by step; programs send and view both pictures in processes of
their own. Of the node are read its CPU time and memory (`/proc`), and what it has recorded.
"""

import argparse
import asyncio
import json
import os
import secrets
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import httpx
import psutil
from rich.table import Table

from bench.report import console
from stack import media_node
from stack.ports import LOOPBACK, Ports

PROGRAM: Final = media_node.PACKAGE / "tests" / "load.ts"
STEPS: Final = (1, 5, 10, 15, 20, 25, 30, 35, 40, 50, 60)
SETTLE_SECONDS: Final = 3.0
SECONDS: Final = 15.0
FULL_CORE: Final = 0.95
MOST_LOST: Final = 0.05
"""The share of pictures whose loss ends the measurement; of a step of 15 s about 1 % may be on the
way when the counters are read, one after the other."""
PACKETS_A_FRAME: Final = 4


@dataclass
class Senders:
    """A process that plays calls: both parties of each send and view."""

    process: asyncio.subprocess.Process

    async def add(self, calls: int) -> list[float]:
        """Begin calls, and return how long each viewer waited for the first picture (ms)."""
        waits: list[float] = (await self._do(do="add", calls=calls))["waits"]
        return waits

    async def count(self) -> tuple[int, int]:
        """Return the frames sent and the packets of pictures that have arrived at viewers."""
        counts = await self._do(do="count")
        return counts["frames"], counts["seen"]

    async def _do(self, **action: Any) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(action).encode() + b"\n")
        done: dict[str, Any] = json.loads(await self.process.stdout.readline())
        return done


@dataclass(frozen=True)
class Reading:
    """All counters at one moment; CPU in seconds, memory in MB, lag in ms."""

    wall: float
    cpu: float
    memory: float
    sent: int
    arrived: int
    recorded: int
    loop_lag: int


@dataclass(frozen=True)
class Step:
    """Figures of so many calls at once."""

    calls: int
    cpu: float
    """Cores that the node took."""
    memory: float
    lost: float
    """The share of the packets of pictures that did not arrive at the viewers."""
    unrecorded: float
    """The share of the pictures sent that were not recorded."""
    loop_lag: int
    first_picture: float
    """Median, ms."""

    @property
    def is_full(self) -> bool:
        """Tell whether a core is full, or pictures are lost."""
        return self.cpu >= FULL_CORE or max(self.lost, self.unrecorded) > MOST_LOST


def main() -> int:
    """Measure once, and tell; fail if not even one call was carried."""
    parser = argparse.ArgumentParser(prog="python -m bench.media", description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each step")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with TemporaryDirectory() as scratch:
        steps = asyncio.run(_measure(Path(scratch), options.seconds))
    _tell(steps, load)
    return 1 if steps[0].is_full else 0


async def _measure(folder: Path, seconds: float) -> list[Step]:
    secret, port = secrets.token_urlsafe(32), Ports(folder / "ports.json").give("media")
    address = f"http://{LOOPBACK}:{port}"
    async with AsyncExitStack() as stack:
        node = psutil.Process(stack.enter_context(media_node.start(folder, port, secret)).pid)
        headers = {"Authorization": f"Bearer {secret}"}
        http = await stack.enter_async_context(httpx.AsyncClient(headers=headers, timeout=30))
        senders = [await stack.enter_async_context(_senders(address, secret)) for _ in range(2)]
        steps: list[Step] = []
        for before, calls in pairwise((0, *STEPS)):
            new = calls - before
            shares = (new // 2, new - new // 2) if before % 2 else (new - new // 2, new // 2)
            waits = [await each.add(n) for each, n in zip(senders, shares, strict=True)]
            await asyncio.sleep(SETTLE_SECONDS)
            begin = await _read(node, http, address, senders)
            await asyncio.sleep(seconds)
            end = await _read(node, http, address, senders)
            steps.append(_step(calls, begin, end, [wait for each in waits for wait in each]))
            console.print(_row(steps[-1]), highlight=False)
            if steps[-1].is_full:
                break
        return steps


async def _read(
    node: psutil.Process, http: httpx.AsyncClient, address: str, senders: Sequence[Senders]
) -> Reading:
    status = (await http.get(f"{address}/calls")).json()
    counts = [await each.count() for each in senders]
    times = node.cpu_times()
    return Reading(
        wall=asyncio.get_running_loop().time(),
        cpu=times.user + times.system,
        memory=node.memory_info().rss / 2**20,
        sent=sum(frames for frames, _ in counts),
        arrived=sum(arrived for _, arrived in counts),
        recorded=sum(part["video_frames"] for call in status["calls"] for part in call["parts"]),
        loop_lag=status["loop_lag_ms"],
    )


def _step(calls: int, begin: Reading, end: Reading, waits: Sequence[float]) -> Step:
    sent = end.sent - begin.sent
    return Step(
        calls=calls,
        cpu=(end.cpu - begin.cpu) / (end.wall - begin.wall),
        memory=end.memory,
        # What was on its way at either moment may make it a little more than all.
        lost=max(0.0, 1 - (end.arrived - begin.arrived) / (sent * PACKETS_A_FRAME)),
        unrecorded=max(0.0, 1 - (end.recorded - begin.recorded) / sent),
        loop_lag=end.loop_lag,
        first_picture=median(waits),
    )


def _row(step: Step) -> str:
    return "  ".join(_cells(step))


def _cells(step: Step) -> tuple[str, ...]:
    return (
        f"{step.calls}",
        f"{step.cpu:.2f}",
        f"{step.cpu / step.calls * 1000:.0f}",
        f"{step.memory:.0f}",
        f"{step.lost:.2%}",
        f"{step.unrecorded:.2%}",
        f"{step.loop_lag}",
        f"{step.first_picture:.0f}",
    )


def _tell(steps: Sequence[Step], load: float) -> None:
    table = Table(
        "calls",
        "cores",
        "millicores a call",
        "memory, MB",
        "packets lost",
        "pictures not recorded",
        "loop lag, ms",
        "first picture, ms",
        title=f"calls at once on one media node, load {load:.1f} at the start",
    )
    for step in steps:
        table.add_row(*_cells(step))
    console.print(table)
    first, last = steps[0], steps[-1]
    if last.calls > first.calls:
        each = (last.memory - first.memory) / (last.calls - first.calls)
        console.print(f"memory of one more call: {each:.1f} MB", highlight=False)


@asynccontextmanager
async def _senders(address: str, secret: str) -> AsyncIterator[Senders]:
    process = await asyncio.create_subprocess_exec(
        str(media_node.NODE),
        str(PROGRAM),
        address,
        secret,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Senders(process)
    finally:
        process.kill()
        await process.wait()


if __name__ == "__main__":
    sys.exit(main())
