"""One run from its first event to its verdict."""

import asyncio
import random
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from psycopg import OperationalError
from sqlalchemy import exc, insert
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from chaos import schedule, tables
from chaos.facts import GROUP, TOPICS
from chaos.invalid_records import InvalidRecords
from chaos.journeys import Journeys
from chaos.processes import RestartableProcess
from chaos.scenarios import Scenario
from chaos.schedule import PlannedSignal
from chaos.servers import Servers
from chaos.verdict import Outcome, Verdict, judge
from chaos.writers import Writer

WRITERS: Final = 6
LATE: Final = b"outbox_row_below_watermark"
QUIET_POLLS: Final = 3
"""Polls in a row that find nothing to do; by then a repetition would have been consumed, too."""


@dataclass
class Report:
    """The counts of a run, and the verdict about it."""

    seconds: float
    happened: dict[str, int] = field(default_factory=dict)
    verdict: Verdict = field(default_factory=Verdict)


class Run:
    """Runs one scenario on servers of its own."""

    def __init__(self, scenario: Scenario, seed: int, mutation: str | None, home: Path) -> None:
        self._scenario, self._home = scenario, home
        self._mutations = [mutation] if mutation else []
        self._rng = random.Random(seed)  # noqa: S311, nobody gains by guessing it
        self._journeys = Journeys(scenario, self._rng)
        self._schedule = schedule.planned_signals(scenario, self._rng)
        self._counts: Counter[str] = Counter()
        self._processes: dict[str, list[RestartableProcess]] = {}

    async def play(self) -> Report:
        """Start all processes, send the planned signals, and compare published with consumed."""
        began = time.monotonic()
        self._servers = await asyncio.to_thread(Servers, self._home)
        engine = create_async_engine(self._servers.database_url, pool_size=20, pool_pre_ping=True)
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)
        try:
            await self._servers.prepare([*TOPICS, f"dlq.{GROUP}"])
            await tables.create(engine)
            await self._begin()
            self._writer = Writer(self._sessions, self._journeys, self._rng)
            async with InvalidRecords(self._servers.kafka) as self._invalid_records:
                return await self._report(began)
        finally:
            await engine.dispose()
            await asyncio.to_thread(self._servers.stop)

    async def _begin(self) -> None:
        ids = [*self._journeys.ordinary, *self._journeys.overlapping]
        async with self._sessions.begin() as session:
            await session.execute(insert(tables.journey), [{"id": journey} for journey in ids])
        arguments = [self._servers.database_url, self._servers.kafka, *self._mutations]
        counts = {"relay": self._scenario.relays, "consumer": self._scenario.consumers}
        self._processes = {
            role: [
                RestartableProcess(
                    [sys.executable, "-m", "chaos.worker", role, *arguments],
                    self._home / f"{role}-{n}.log",
                )
                for n in range(count)
            ]
            for role, count in counts.items()
        }

    async def _report(self, began: float) -> Report:
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(WRITERS):
                    speed = self._scenario.facts_per_second
                    group.create_task(self._writer.write(self._scenario.facts, speed))
                group.create_task(self._overlap())
                group.create_task(self._send_invalid_records())
                group.create_task(self._send_signals(group))
            await self._until_settled()
        finally:
            self._counts["died by itself"] += sum(m.has_exited for m in self._all_processes())
            on_time = await asyncio.gather(*(m.stop() for m in self._all_processes()))
            self._counts["did not stop in time"] += on_time.count(False)
        # Only now, when no process is left that could handle a repetition.
        outcome = await Outcome.read(self._sessions)
        verdict = judge(
            outcome,
            acknowledged=self._writer.acknowledged,
            invalid=self._invalid_records.sent,
            may_be_parked=self._journeys.may_be_parked,
        )
        late = sum(process.log.read_bytes().count(LATE) for process in self._processes["relay"])
        verdict.violations["below a watermark"] = late
        for name in ("did not stop in time", "died by itself"):
            verdict.violations[name] = self._counts.pop(name, 0)
        return Report(time.monotonic() - began, self._happened(outcome), verdict)

    async def _until_settled(self) -> None:
        deadline = time.monotonic() + self._scenario.settle_seconds
        quiet_polls = 0
        while quiet_polls < QUIET_POLLS and time.monotonic() < deadline:
            await asyncio.sleep(1)
            outcome = await Outcome.read(self._sessions)
            quiet_polls = (
                quiet_polls + 1
                if outcome.settled and not outcome.missing(self._invalid_records.sent)
                else 0
            )

    async def _send_signals(self, group: asyncio.TaskGroup) -> None:
        for planned in self._schedule:
            while len(self._writer.acknowledged) < planned.at:  # noqa: ASYNC110, it is a threshold
                await asyncio.sleep(0.05)
            group.create_task(self._send_signal(planned))

    async def _send_signal(self, planned: PlannedSignal) -> None:
        self._counts[f"{planned.target} {planned.signal}"] += 1
        if planned.target == "broker":
            await self._servers.kill_broker()
        elif planned.target == "database":
            await self._servers.kill_database()
        else:
            process = self._processes[planned.target][planned.number]
            self._counts["died by itself"] += process.has_exited
            in_time = await process.restart_after(signal.Signals[planned.signal])
            self._counts["did not stop in time"] += not in_time

    async def _overlap(self) -> None:
        for number in range(self._scenario.overlaps):
            try:
                await self._writer.overlap(number)
            except (exc.DBAPIError, OperationalError):  # the database was being killed
                await asyncio.sleep(1)

    async def _send_invalid_records(self) -> None:
        share = self._scenario.facts / (1 + len(self._journeys.unreadable))
        for number, journey in enumerate(self._journeys.unreadable):
            while len(self._writer.acknowledged) < share * (number + 0.5):  # noqa: ASYNC110, as above
                await asyncio.sleep(0.05)
            await self._invalid_records.send(journey, number)

    def _all_processes(self) -> list[RestartableProcess]:
        return [process for processes in self._processes.values() for process in processes]

    def _happened(self, outcome: Outcome) -> dict[str, int]:
        states = Counter(row.state for row in outcome.parked)
        return {
            "published": len(outcome.published),
            "published twice": self._writer.repeated,
            "invalid records": len(self._invalid_records.sent),
            **dict(sorted(self._counts.items())),
            "effects": len(outcome.effects),
            "dead": states["DEAD"],
            "queued behind a dead event": states["QUEUED"],
        }
