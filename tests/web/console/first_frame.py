"""`make first-frame runs=20`: whole calls between two browsers, and how soon both see each other.

Each run plays consent, queue, ring, accept, challenges, photos and approval, and is green when both
saw and heard each other, 98 % of the frames that the browsers sent are recorded, and Kafka has the
VideoCallApproved. Half of the agents press as soon as it rings, half look at the call for a second
and a half first. Not part of `make test`: on a busy machine it measures the machine.
"""

import asyncio
import os
import statistics
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
from aiokafka import AIOKafkaConsumer
from playwright.async_api import Browser
from rich.console import Console
from rich.table import Table
from tests.chaos.suite import Suite
from tests.soak.truth import Truth
from tests.web.conftest import Windows
from tests.web.console.call_desk import (
    approves_by_keys,
    passes_challenges,
    receives_photos,
    sees_the_customer,
    ticks_everything,
)
from tests.web.console.live_calls import LiveCall, accepted_call, two_cameras

from demo.actors import Actors

RUNS: Final = int(os.environ.get("FIRST_FRAME_RUNS", "20"))
GOAL_SECONDS: Final = 1.5
LOOKS_FOR: Final = (0.0, 1.5)
RECORDED: Final = 0.98
SENT: Final = """async () => {
  for (const connection of connections)
    if (connection.connectionState === 'connected')
      for (const stat of (await connection.getStats()).values())
        if (stat.type === 'outbound-rtp' && stat.kind === 'video')
          return [stat.framesSent, stat.timestamp];
}"""
CALL: Final = "select id from call where hold_id = '{}'"
PARTS: Final = "select role, video_frames, duration_ms from recording_part where call_id = '{}'"


@dataclass(frozen=True)
class Count:
    """Frames at a moment of a clock (ms): the browser's, or the recording's own time line."""

    frames: int
    ms: float

    def rate_since(self, before: "Count") -> float:
        """Return the frames in each ms since an earlier count."""
        return (self.frames - before.frames) / (self.ms - before.ms)


@dataclass
class Run:
    """One call, as far as it came."""

    looks_for: float
    first_frame: float | None = None
    """Seconds from the press until both saw each other."""
    recorded: dict[str, float] = field(default_factory=dict)
    """By party: the rate of recorded frames for each that the browser sent."""
    load: float = 0.0
    fault: str = ""

    @property
    def is_green(self) -> bool:
        return not self.fault


@dataclass
class Stage:
    """A running suite and two browsers at it."""

    suite: Suite
    truth: Truth
    cameras: list[Browser]
    actors: Actors
    approvals: AIOKafkaConsumer

    async def play(self, number: int) -> Run:
        """Play one call; a fault is noted, and its pictures are kept."""
        run = Run(LOOKS_FOR[number % len(LOOKS_FOR)])
        theirs, ours = (Windows(browser, self.suite.gateway) for browser in self.cameras)
        try:
            call = await accepted_call(theirs, ours, self.actors, rings_for=run.looks_for)
            run.first_frame, run.load = await call.is_live(), os.getloadavg()[0]
            await self._decide(call, run)
        except Exception as error:  # noqa: BLE001, whatever it is, the run was not green
            run.fault = f"{type(error).__name__}: {error}"[:400]
        await theirs.close(f"first-frame-{number}-customer", failed=not run.is_green)
        await ours.close(f"first-frame-{number}-agent", failed=not run.is_green)
        return run

    async def _decide(self, call: LiveCall, run: Run) -> None:
        await call.carries_picture_and_sound()
        before = await self._counts(call)
        await sees_the_customer(call.agent)
        await passes_challenges(call.agent)
        await receives_photos(call.agent)
        await ticks_everything(call.agent)
        after = await self._counts(call)
        for role, (sent, recorded) in after.items():
            rates = sent.rate_since(before[role][0]), recorded.rate_since(before[role][1])
            run.recorded[role] = rates[1] / rates[0]
        await approves_by_keys(call.agent)
        await call.applicant.reads("Xác minh thành công")
        await self._approved(call)
        assert min(run.recorded.values()) >= RECORDED, run.recorded
        complaints = call.agent.complaints + call.applicant.complaints
        assert not complaints, complaints

    async def _counts(self, call: LiveCall) -> dict[str, tuple[Count, Count]]:
        """Return by party the frames sent, and the frames recorded."""
        pages = {"CUSTOMER": call.applicant.page, "AGENT": call.agent.page}
        sent = {role: Count(*await page.evaluate(SENT)) for role, page in pages.items()}
        rows = self.truth.rows("videocall", PARTS.format(self._call_id(call)))
        recorded = {row["role"]: Count(row["video_frames"], row["duration_ms"]) for row in rows}
        return {role: (sent[role], recorded[role]) for role in pages}

    def _call_id(self, call: LiveCall) -> str:
        return str(self.truth.rows("videocall", CALL.format(call.customer.hold_id))[0]["id"])

    async def _approved(self, call: LiveCall) -> None:
        async with asyncio.timeout(30):
            async for record in self.approvals:
                if self._call_id(call).encode() in record.value:
                    return


@pytest.fixture
async def stage(suite: Suite, actors: Actors, tmp_path: Path) -> AsyncIterator[Stage]:
    status = suite.status()
    consumer = AIOKafkaConsumer(
        "VideoCallApproved", bootstrap_servers=status["kafka"], group_id=None
    )
    async with two_cameras(tmp_path) as cameras, consumer:
        yield Stage(suite, Truth(status["postgres"]), cameras, actors, consumer)


async def test_both_see_each_other_within_a_second_and_a_half(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = []
    for number in range(RUNS):
        begun = time.monotonic()
        run = await stage.play(number)
        runs.append(run)
        with capsys.disabled():
            Console().print(
                f"{number + 1:3} first frame {run.first_frame or 0:.2f} s, pressed after "
                f"{run.looks_for} s, recorded {min(run.recorded.values(), default=0):.1%}, load "
                f"{run.load:.1f}, {time.monotonic() - begun:.0f} s {run.fault or 'green'}"
            )
    with capsys.disabled():
        Console().print(_table(runs))
    assert all(run.is_green for run in runs)
    assert _percentile([run.first_frame or 0 for run in runs]) <= GOAL_SECONDS


def _percentile(values: list[float]) -> float:
    """Return the 95th percentile, the longest of fewer than twenty."""
    return sorted(values)[-(-len(values) * 95 // 100) - 1]


def _table(runs: list[Run]) -> Table:
    table = Table("pressed", "runs", "green", "median", "p95", "longest", "recorded", "load")
    groups = [(f"after {s} s", [r for r in runs if r.looks_for == s]) for s in LOOKS_FOR]
    for name, group in (*groups, ("all", runs)):
        seen = [run.first_frame for run in group if run.first_frame]
        if not seen:
            continue
        recorded = [share for run in group for share in run.recorded.values()]
        table.add_row(
            name,
            str(len(group)),
            str(sum(run.is_green for run in group)),
            f"{statistics.median(seen):.2f} s",
            f"{_percentile(seen):.2f} s",
            f"{max(seen):.2f} s",
            f"{min(recorded, default=0):.1%}",
            f"{statistics.mean(run.load for run in group):.1f}",
        )
    return table
