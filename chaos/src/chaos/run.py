"""One run from its first fact to its verdict."""

import asyncio
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from psycopg import OperationalError
from sqlalchemy import exc, insert
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from chaos import schedule, tables
from chaos.authors import Author
from chaos.cast import Cast
from chaos.crew import Member
from chaos.scenes import Scene
from chaos.schedule import Blow
from chaos.servers import Servers
from chaos.vandal import Vandal
from chaos.verdict import Traces, Verdict, judge

AUTHORS: Final = 6
LATE: Final = b"below_the_watermark"
RESTS: Final = 3
"""So many looks in a row find nothing to do: by then a repeat would have been heard, too."""


@dataclass
class Report:
    """What happened, and what came of it."""

    seconds: float
    happened: dict[str, int] = field(default_factory=dict)
    verdict: Verdict = field(default_factory=Verdict)


class Run:
    """Plays one scene on servers of its own."""

    def __init__(self, scene: Scene, seed: int, plant: str | None, home: Path) -> None:
        self._scene, self._home = scene, home
        self._planted = [plant] if plant else []
        self._dice = random.Random(seed)  # noqa: S311, nobody gains by guessing it
        self._cast = Cast(scene, self._dice)
        self._blows = schedule.blows(scene, self._dice)
        self._struck: Counter[str] = Counter()
        self._members: dict[str, list[Member]] = {}

    async def play(self) -> Report:
        """Start everything, let it be struck, and compare."""
        began = time.monotonic()
        self._servers = await asyncio.to_thread(Servers, self._home)
        engine = create_async_engine(self._servers.database_url, pool_size=20, pool_pre_ping=True)
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)
        try:
            await self._servers.prepare()
            await tables.create(engine)
            await self._set_the_scene()
            self._author = Author(self._sessions, self._cast, self._dice)
            async with Vandal(self._servers.kafka) as self._vandal:
                return await self._report(began)
        finally:
            await engine.dispose()
            await asyncio.to_thread(self._servers.stop)

    async def _set_the_scene(self) -> None:
        names = [*self._cast.ordinary, *self._cast.crossing]
        async with self._sessions.begin() as session:
            await session.execute(insert(tables.journey), [{"id": name} for name in names])
        words = [self._servers.database_url, self._servers.kafka, *self._planted]
        counts = {"relay": self._scene.relays, "consumer": self._scene.consumers}
        self._members = {
            role: [Member(role, n, words, self._home) for n in range(count)]
            for role, count in counts.items()
        }

    async def _report(self, began: float) -> Report:
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(AUTHORS):
                    speed = self._scene.facts_per_second
                    group.create_task(self._author.write(self._scene.facts, speed))
                group.create_task(self._cross())
                group.create_task(self._vandalise())
                group.create_task(self._strike(group))
            await self._until_at_rest()
        finally:
            self._struck["died by itself"] += sum(m.has_died for m in self._everybody())
            on_time = await asyncio.gather(*(m.leave() for m in self._everybody()))
            self._struck["did not stop in time"] += on_time.count(False)
        # Only now, when nobody is left who could act on a repeat.
        traces = await Traces.read(self._sessions)
        verdict = judge(
            traces,
            acknowledged=self._author.acknowledged,
            vandalised=self._vandal.sent,
            may_be_parked=self._cast.may_be_parked,
        )
        late = sum(member.log.read_bytes().count(LATE) for member in self._members["relay"])
        verdict.must_be_none["below a watermark"] = late
        for what in ("did not stop in time", "died by itself"):
            verdict.must_be_none[what] = self._struck.pop(what, 0)
        return Report(time.monotonic() - began, self._what_happened(traces), verdict)

    async def _until_at_rest(self) -> None:
        deadline = time.monotonic() + self._scene.settle_seconds
        rests = 0
        while rests < RESTS and time.monotonic() < deadline:
            await asyncio.sleep(1)
            traces = await Traces.read(self._sessions)
            rests = rests + 1 if traces.at_rest and not traces.missing(self._vandal.sent) else 0

    async def _strike(self, group: asyncio.TaskGroup) -> None:
        for blow in self._blows:
            while len(self._author.acknowledged) < blow.at:  # noqa: ASYNC110, it is a threshold
                await asyncio.sleep(0.05)
            group.create_task(self._hit(blow))

    async def _hit(self, blow: Blow) -> None:
        self._struck[f"{blow.victim} {blow.signal}"] += 1
        if blow.victim == "broker":
            await self._servers.kill_broker()
        elif blow.victim == "database":
            await self._servers.kill_database()
        else:
            member = self._members[blow.victim][blow.number]
            self._struck["died by itself"] += member.has_died
            in_time = await member.suffer(signal.Signals[blow.signal])
            self._struck["did not stop in time"] += not in_time

    async def _cross(self) -> None:
        for number in range(self._scene.crossings):
            try:
                await self._author.cross(number)
            except (exc.DBAPIError, OperationalError):  # it was the database's turn to die
                await asyncio.sleep(1)

    async def _vandalise(self) -> None:
        share = self._scene.facts / (1 + len(self._cast.unreadable))
        for number, journey in enumerate(self._cast.unreadable):
            while len(self._author.acknowledged) < share * (number + 0.5):  # noqa: ASYNC110, as above
                await asyncio.sleep(0.05)
            await self._vandal.scribble(journey, number)

    def _everybody(self) -> list[Member]:
        return [member for members in self._members.values() for member in members]

    def _what_happened(self, traces: Traces) -> dict[str, int]:
        states = Counter(row.state for row in traces.parked)
        return {
            "stated": len(traces.stated),
            "stated twice": self._author.doubled,
            "records nobody can read": len(self._vandal.sent),
            **dict(sorted(self._struck.items())),
            "effects": len(traces.effects),
            "dead": states["DEAD"],
            "queued behind a dead one": states["QUEUED"],
        }
